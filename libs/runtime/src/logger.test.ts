import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from './failure.js';
import { createLogger } from './logger.js';
import { REDACTED, redact, redactText } from './redact.pure.js';

function logged(write: (log: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  write(createLogger({ service: 'probe', instance: 'probe-1', level: 'debug', destination }));
  return lines.join('');
}

const SECRET_KEYS = [
  'template',
  'templates',
  'embedding',
  'code',
  'text',
  'token',
  'kioskToken',
  'password',
  'SMTP_PASS'.toLowerCase().slice(5),
  'email',
  'eMail',
  'authorization',
  'sealed',
  'seed',
  'masterKey',
  'qrCode',
  'cookie',
  'jpeg',
];

describe('a log line', () => {
  it('says who, when and for which attempt', () => {
    const line = logged((log) =>
      log.child({ correlationId: 'c1' }).info({ door: 'north' }, 'opened'),
    );
    expect(JSON.parse(line)).toMatchObject({
      level: 'info',
      service: 'probe',
      instance: 'probe-1',
      correlationId: 'c1',
      door: 'north',
      msg: 'opened',
    });
  });

  it('holds no secret, however deep it lies', () => {
    const depth = fc.integer({ min: 0, max: 6 });
    fc.assert(
      fc.property(fc.constantFrom(...SECRET_KEYS), depth, fc.boolean(), (key, levels, inArray) => {
        let fields: unknown = { [key]: 'XYZZY-secret' };
        for (let level = 0; level < levels; level += 1)
          fields = inArray ? { list: [fields] } : { inner: fields };
        expect(logged((log) => log.warn(fields, 'hm'))).not.toContain('XYZZY');
        expect(logged((log) => log.child({ fields }).warn('hm'))).not.toContain('XYZZY');
      }),
    );
  });

  it('holds no code, address or credentials inside a text or an error', () => {
    const secrets = 'LK1.AAAAAAAAAAAAAAAAAAAAAA for asha@example.org at mongodb://me:pw@db/x';
    const cause = new Error(secrets);
    const failure = Failure.terminal('LK-COD-002', secrets, {
      cause,
      details: { email: 'asha@example.org' },
    });
    const lines = logged((log) => {
      log.error({ err: failure }, secrets);
      log.error(failure, 'direct');
      log.error(failure);
      log.info('%s', secrets);
    });
    expect(lines).not.toMatch(/AAAAAAA|asha|me:pw/);
  });

  it.each([
    ['a word', 'a'],
    ['a word with dots', 'a.'],
    ['a name and what ends in no domain', 'a@'],
    ['numbers where a domain would stand', 'a@1.2.3.'],
    ['addresses without credentials', 'a://'],
    ['per cent signs', '%4'],
  ])('is made in a time that grows no faster than its text: %s', (_, part) => {
    const spentMs = (length: number) => {
      const text = part.repeat(length / part.length);
      const before = process.cpuUsage().user;
      redactText(text);
      return (process.cpuUsage().user - before) / 1_000;
    };
    spentMs(1_000);
    expect(spentMs(160_000)).toBeLessThan(5_000);
  });

  it('is cut where it is long, and tells no address in a URL', () => {
    expect(redactText('x'.repeat(5_000))).toBe(`${'x'.repeat(4_000)}[cut]`);
    expect(redactText('/people/asha%40campus.example')).toBe(`/people/${REDACTED}`);
    expect(redactText(`${'x'.repeat(9_000)}asha@campus.example`)).not.toContain('asha');
  });

  it('shows an error’s code, not a person’s', () => {
    expect(redact({ code: 'LK-BUS-001', errorCode: 'LK-BUS-002', statusCode: 503 })).toEqual({
      code: 'LK-BUS-001',
      errorCode: 'LK-BUS-002',
      statusCode: 503,
    });
    expect(redact({ code: 'ECONNREFUSED' })).toEqual({ code: 'ECONNREFUSED' });
    expect(redact({ code: 'LK1.abc' })).toEqual({ code: '[redacted]' });
  });

  it('survives a cycle and bytes', () => {
    const loop: Record<string, unknown> = { bytes: new Uint8Array(3) };
    loop['self'] = loop;
    expect(logged((log) => log.info(loop, 'round'))).toContain('[3 bytes]');
  });
});

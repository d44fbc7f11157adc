import { deliveryKey } from '@latchkey/contracts';
import { describe, expect, it } from 'vitest';
import { composeMail, type OutgoingMail } from './compose.pure.js';
import { messageIdOf, recipientJobId } from './job.pure.js';
import { isPlainAddress, parseAddress } from './mail-address.pure.js';
import { occasions } from './mails/occasions.pure.js';

const from = { name: 'Latchkey', address: 'door@campus.example' };
const words = occasions['person-entered']({
  name: 'Asha Rao',
  door: 'Library',
  when: 'now',
  reason: null,
  count: 1,
  hasPhotograph: false,
});
const mail: OutgoingMail = {
  job: 'event-1:s1',
  correlationId: 'attempt-1',
  to: { name: 'Ben', address: 'ben@campus.example' },
  words,
};

describe('a composed mail', () => {
  it('is for one recipient alone', () => {
    const composed = composeMail(mail, from);
    expect(composed.envelope).toEqual({ from: from.address, to: ['ben@campus.example'] });
    expect(composed).not.toHaveProperty('cc');
    expect(composed).not.toHaveProperty('bcc');
  });

  it('has the same Message-ID at every try, another one for each job, and tells nothing of the job', () => {
    expect(composeMail(mail, from).messageId).toBe(composeMail(mail, from).messageId);
    expect(messageIdOf('a', 'x.example')).not.toBe(messageIdOf('b', 'x.example'));
    expect(composeMail(mail, from).messageId).toMatch(/^<[A-Za-z0-9_-]{43}@campus\.example>$/);
  });

  it('carries the correlation id as one header line, whatever it holds', () => {
    const composed = composeMail({ ...mail, correlationId: 'a\r\nBcc: b@c.example' }, from);
    expect(composed.headers).toMatchObject({
      'Auto-Submitted': 'auto-generated',
      'X-Latchkey-Correlation': 'a__Bcc:_b@c.example',
    });
  });

  it('has a code both inline and attached', () => {
    const parts = composeMail({ ...mail, code: new Uint8Array([1]) }, from).attachments ?? [];
    expect(parts.map((part) => part.contentDisposition)).toEqual(['inline', 'attachment']);
  });
});

describe('a job', () => {
  it('has a key that a bucket takes', () => {
    expect(deliveryKey(recipientJobId('attempt:outcome', 's1'))).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });
});

describe('an address', () => {
  it.each([
    'a@b.example\r\nBcc: c@d.example',
    'a@b.example, c@d.example',
    'Asha <a@b.example>',
    '"a b"@c.example',
    'a@b@c.example',
    '@b.example',
    'a@',
    '',
  ])('is refused where it is not one plain address: %j', (text) => {
    expect(isPlainAddress(text)).toBe(false);
  });

  it('may have a name where it is the sender', () => {
    expect(parseAddress('Campus doors <door@campus.example>')).toEqual({
      name: 'Campus doors',
      address: 'door@campus.example',
    });
    expect(parseAddress('door@campus.example')).toEqual({
      name: '',
      address: 'door@campus.example',
    });
    expect(parseAddress('Doors <a@b.example>, <c@d.example>')).toBeNull();
  });
});

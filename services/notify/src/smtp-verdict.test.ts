import { describe, expect, it } from 'vitest';
import { judgeSmtp, smtpDelayMs } from './smtp-verdict.pure.js';

describe('a mail server that refuses', () => {
  it('is tried again after a passing refusal, a broken line or a missing login', () => {
    expect(judgeSmtp({ responseCode: 451, command: 'DATA' }).kind).not.toBe('refused');
    expect(judgeSmtp({ responseCode: 450, command: 'RCPT TO' }).kind).not.toBe('refused');
    expect(judgeSmtp({ code: 'ETIMEDOUT' }).kind).not.toBe('refused');
    expect(judgeSmtp({ responseCode: 530, command: 'RCPT TO' }).kind).not.toBe('refused');
    expect(judgeSmtp({ responseCode: 550, command: 'MAIL FROM' }).kind).not.toBe('refused');
  });

  it('is believed when it refuses the recipient or the content for good', () => {
    expect(judgeSmtp({ responseCode: 550, command: 'RCPT TO' }).kind).toBe('refused');
    expect(judgeSmtp({ responseCode: 554, command: 'DATA' }).kind).toBe('refused');
  });

  it('is quoted without its text, which may repeat the address', () => {
    const { fault } = judgeSmtp({
      code: 'EENVELOPE',
      responseCode: 550,
      response: '550 5.1.1 <asha@campus.example>: user unknown',
      command: 'RCPT TO',
    });
    expect(fault).toBe('reply 550 5.1.1 to RCPT TO (EENVELOPE)');
  });
});

describe('the wait before the next try', () => {
  it('begins with a second, and ends with a minute where the server is away, else with five', () => {
    expect(smtpDelayMs('away', 1)).toBe(1_000);
    expect(smtpDelayMs('away', 500)).toBe(60_000);
    expect(smtpDelayMs('later', 1)).toBe(1_000);
    expect(smtpDelayMs('later', 500)).toBe(300_000);
  });

  it('is that of an absent server also after a refused login', () => {
    expect(judgeSmtp({ code: 'EAUTH', responseCode: 535, command: 'AUTH PLAIN' }).kind).toBe(
      'away',
    );
    expect(judgeSmtp({ responseCode: 450, command: 'RCPT TO' }).kind).toBe('later');
  });
});

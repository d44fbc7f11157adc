import { describe, expect, it } from 'vitest';
import { judgeSmtp, smtpDelayMs } from './smtp-verdict.pure.js';

describe('a mail server that refuses', () => {
  it('is tried again after a passing refusal, a broken line or a refused login', () => {
    expect(judgeSmtp({ responseCode: 451, command: 'DATA' }).final).toBe(false);
    expect(judgeSmtp({ responseCode: 450, command: 'RCPT TO' }).final).toBe(false);
    expect(judgeSmtp({ code: 'ETIMEDOUT' }).final).toBe(false);
    expect(judgeSmtp({ code: 'EAUTH', responseCode: 535, command: 'AUTH PLAIN' }).final).toBe(
      false,
    );
    expect(judgeSmtp({ responseCode: 530, command: 'RCPT TO' }).final).toBe(false);
    expect(judgeSmtp({ responseCode: 550, command: 'MAIL FROM' }).final).toBe(false);
  });

  it('is believed when it refuses the recipient or the content for good', () => {
    expect(judgeSmtp({ responseCode: 550, command: 'RCPT TO' }).final).toBe(true);
    expect(judgeSmtp({ responseCode: 554, command: 'DATA' }).final).toBe(true);
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
  it('begins with a second and ends at an hour; twelve tries last between three and six hours', () => {
    expect(smtpDelayMs(1)).toBe(1_000);
    expect(smtpDelayMs(50)).toBe(3_600_000);
    const total = Array.from({ length: 11 }, (_, index) => smtpDelayMs(index + 1));
    const hours = total.reduce((sum, delay) => sum + delay) / 3_600_000;
    expect(hours).toBeGreaterThan(3);
    expect(hours).toBeLessThan(6);
  });
});

import { ConfigError, readConfig } from '@latchkey/runtime';
import { describe, expect, it } from 'vitest';
import { notifyConfig } from './config.js';

const read = (env: Record<string, string>) => readConfig(notifyConfig, env);

function faultsOf(env: Record<string, string>): string[] {
  try {
    read(env);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.faults.map(({ name }) => name);
  }
}

describe("notify's settings", () => {
  it('need a mail server and nothing else', () => {
    expect(faultsOf({})).toEqual(['SMTP_URL']);
    expect(read({ SMTP_URL: 'smtp://mail.example:587' })).toMatchObject({
      LK_SMTP_ALLOW_PLAINTEXT: false,
      LK_REGISTRATIONS_TO: 'everyone',
      LK_GATHER_S: 600,
      LK_MAIL_FROM: { name: 'Latchkey', address: 'latchkey@localhost' },
    });
  });

  it('name every fault at once', () => {
    const faults = faultsOf({
      SMTP_URL: 'http://mail.example',
      LK_MAIL_FROM: 'nobody',
      LK_GATHER_S: '0',
      LK_TIME_ZONE: 'Mars/Olympus',
      LK_REGISTRY_URL: 'registry',
    });
    expect(faults.toSorted()).toEqual([
      'LK_GATHER_S',
      'LK_MAIL_FROM',
      'LK_REGISTRY_URL',
      'LK_TIME_ZONE',
      'SMTP_URL',
    ]);
  });

  it('refuse a login in the address, and do not repeat it', () => {
    expect(() => read({ SMTP_URL: 'smtp://user:hunter2@mail.example:587' })).toThrow(/SMTP_URL/);
    expect(() => read({ SMTP_URL: 'smtp://user:hunter2@mail.example:587' })).not.toThrow(/hunter2/);
  });
});

import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigError, commonConfig, readConfig } from './config.js';

const schema = z.object({
  ...commonConfig,
  SMTP_URL: z.string().meta({ description: 'the SMTP server' }),
  SMTP_PASS: z.string().min(12, 'must be 12 characters or more'),
});

function faultsOf(env: NodeJS.ProcessEnv): ConfigError {
  try {
    readConfig(schema, env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
  }
  throw new Error('expected a ConfigError');
}

describe('readConfig', () => {
  it('reads what is set and fills in the rest', () => {
    const config = readConfig(schema, {
      SMTP_URL: 'smtp://mail',
      SMTP_PASS: 'correct horse',
      LK_HEALTH_PORT: ' 9000 ',
      NATS_URL: '',
    });
    expect(config).toMatchObject({ LK_HEALTH_PORT: 9_000, NATS_URL: 'tls://127.0.0.1:4222' });
  });

  it('names every fault at once, with what was expected and what to do', () => {
    const error = faultsOf({ SMTP_PASS: 'short', LK_HEALTH_PORT: 'many', LK_LOG_LEVEL: 'loud' });
    expect(error.faults.map(({ name }) => name).toSorted()).toEqual([
      'LK_HEALTH_PORT',
      'LK_LOG_LEVEL',
      'SMTP_PASS',
      'SMTP_URL',
    ]);
    expect(error.message).toContain(
      'SMTP_URL: expected the SMTP server (string); got nothing. To do: set SMTP_URL.',
    );
    expect(error.message).toContain('one of fatal, error, warn');
  });

  it('never says what a setting holds', () => {
    const { message } = faultsOf({
      SMTP_PASS: 'hunter2',
      NATS_URL: 'me:s3cret@host',
      LK_LOG_LEVEL: 't0ken',
    });
    expect(message).not.toMatch(/hunter2|s3cret|t0ken/);
  });
});

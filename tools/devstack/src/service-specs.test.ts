import { expect, test } from 'vitest';
import { childSpecs } from './service-specs.js';
import { settingsFrom } from './start-settings.js';

const facts = {
  dataDir: '/data',
  registryUrl: '127.0.0.1:5000',
  gatewayPort: 8080,
  kioskPort: 8081,
  kioskTlsPort: 8443,
  kioskPages: { here: 'http://127.0.0.1:3/kiosk', elsewhere: 'https://192.168.1.7:4/kiosk' },
  kioskCertificate: undefined,
  mail: { SMTP_URL: 'smtp://127.0.0.1:2525' },
  inboxUrl: undefined,
};

const usual = { LK_FACE_WORKERS: 2, LK_QR_WORKERS: 1, LK_AUTH_REPLICAS: 2 };

function specsWith(given: Record<string, string>, counts = usual) {
  const shared = { NATS_URL: 'nats://127.0.0.1:4222' };
  return childSpecs({
    checkout: '/checkout',
    only: undefined,
    counts,
    firstHealthPort: 0,
    given,
    shared,
    facts,
  });
}

test('each service runs as often as the settings say, each program with a health port of its own', async () => {
  const specs = await specsWith({}, { ...usual, LK_FACE_WORKERS: 3, LK_AUTH_REPLICAS: 1 });
  expect(specs.map(({ name }) => name)).toEqual([
    'registry',
    'notify',
    'face-1',
    'face-2',
    'face-3',
    'qr-1',
    'auth-1',
    'capture',
    'gateway',
  ]);
  expect(new Set(specs.map(({ healthPort }) => healthPort)).size).toBe(specs.length);
  expect(specs[2]?.env).toMatchObject({ LK_SERVICE: 'face', LK_INSTANCE: 'face-1' });
});

test('what a person sets goes before what the stack would choose', async () => {
  const [registry] = await specsWith({ LK_STORE_URL: 'mongodb://db.example/latchkey' });
  expect(registry?.env.LK_STORE_URL).toBe('mongodb://db.example/latchkey');
  const [usual] = await specsWith({});
  expect(usual?.env.LK_STORE_URL).toBe('file:/data/registry.db');
});

test('a password is told only to the program that it is for', async () => {
  const secrets = {
    SMTP_PASS: 'p',
    LK_OIDC_CLIENT_SECRET: 's',
    LK_STORE_URL: 'mongodb://u:p@db/l',
  };
  const specs = await specsWith({ ...secrets, LK_LOG_LEVEL: 'warn' });
  const told = (secret: string) =>
    specs.filter(({ env }) => env[secret] !== undefined).map(({ name }) => name);
  expect(told('SMTP_PASS')).toEqual(['notify']);
  expect(told('LK_OIDC_CLIENT_SECRET')).toEqual(['gateway']);
  expect(told('LK_STORE_URL')).toEqual(['registry']);
  expect(told('LK_LOG_LEVEL')).toHaveLength(specs.length);
  expect(told('PATH')).toHaveLength(specs.length);
});

test('settings are those of Latchkey that are not empty; data lies in the checkout unless told otherwise', () => {
  const env = { LK_FACE_WORKERS: '3', SMTP_URL: ' ', NATS_URL: 'nats://n', HOME: '/root' };
  expect(settingsFrom(env, '/checkout')).toEqual({
    dataDir: '/checkout/var',
    env: { LK_FACE_WORKERS: '3', NATS_URL: 'nats://n' },
  });
  expect(settingsFrom({ LK_DATA_DIR: '/data' }, '/checkout').dataDir).toBe('/data');
});

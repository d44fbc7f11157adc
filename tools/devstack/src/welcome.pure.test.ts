import { expect, test } from 'vitest';
import { welcome } from './welcome.pure.js';

const facts = {
  gatewayUrl: 'http://127.0.0.1:8080',
  kioskUrl: 'ws://127.0.0.1:8081',
  kioskTlsUrl: 'https://door-pc:8443',
  brokerUrl: 'nats://127.0.0.1:4222',
  inboxUrl: 'http://127.0.0.1:8025',
  operatorToken: 'lko_secret',
  firstAdminLink: 'http://127.0.0.1:8080/#/welcome/abc',
  health: [{ name: 'face-1', url: 'http://127.0.0.1:9402' }],
  dataDir: '/data',
};

test('a person is told where everything is and how to stop it', () => {
  const text = welcome(facts);
  for (const part of [
    '8080/api/v1/openapi.json',
    'http://127.0.0.1:8081/kiosk',
    'ws://127.0.0.1:8081/kiosk',
    'https://door-pc:8443/kiosk',
    '4222',
    '8025',
    '9402',
    'Ctrl-C',
  ]) {
    expect(text).toContain(part);
  }
});

test('the operator token is shown, with a warning, only when there is a new one', () => {
  expect(welcome(facts)).toMatch(/lko_secret[^]*not shown again/);
  expect(welcome({ ...facts, operatorToken: undefined })).not.toContain('not shown again');
});

test('the link for the first administrator is shown while there is none', () => {
  expect(welcome(facts)).toMatch(/first administrator:[^]*#\/welcome\/abc[^]*first-admin\.link/);
  expect(welcome({ ...facts, firstAdminLink: undefined })).not.toContain('administrator');
});

import { expect, test } from 'vitest';
import { welcome } from './welcome.pure.js';

const facts = {
  gatewayUrl: 'http://127.0.0.1:8080',
  kioskUrl: 'ws://127.0.0.1:8081',
  kioskPages: {
    here: 'http://127.0.0.1:8081/kiosk',
    elsewhere: 'https://192.168.1.7:8443/kiosk',
  },
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
    '8080/api/v1/docs',
    'http://127.0.0.1:8081/kiosk',
    'ws://127.0.0.1:8081/kiosk',
    'https://192.168.1.7:8443/kiosk',
    '4222',
    '8025',
    'face-1 9402',
    'Ctrl-C',
  ]) {
    expect(text).toContain(part);
  }
});

test('the operator token is shown, with a warning, only when there is a new one', () => {
  expect(welcome(facts)).toMatch(/lko_secret[^]*not shown again/);
  expect(welcome({ ...facts, operatorToken: undefined })).not.toContain('not shown again');
});

test('whoever has no operator yet reads first how to become one', () => {
  expect(welcome(facts)).toMatch(/first administrator:[^]*#\/welcome\/abc[^]*Console[^]*Token/);
  expect(welcome({ ...facts, firstAdminLink: undefined })).not.toContain('administrator');
});

test('nothing is wider than a terminal, however many services there are', () => {
  const health = Array.from({ length: 20 }, (_, index) => ({
    name: `face-${index + 1}`,
    url: `http://127.0.0.1:${9402 + index}`,
  }));
  const widths = welcome({ ...facts, health })
    .split('\n')
    .map(({ length }) => length);
  expect(Math.max(...widths)).toBeLessThanOrEqual(80);
});

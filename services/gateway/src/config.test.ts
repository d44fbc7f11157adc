import { expect, it } from 'vitest';
import { gatewayConfig } from './config.js';

const zoneOf = (env: Record<string, string>) =>
  gatewayConfig.safeParse({ NATS_URL: 'nats://127.0.0.1:4222', ...env }).data?.LK_TIME_ZONE;

it('takes the machine’s time zone, or one that there is', () => {
  expect(zoneOf({})).toBe(new Intl.DateTimeFormat().resolvedOptions().timeZone);
  expect(zoneOf({ LK_TIME_ZONE: 'Asia/Kolkata' })).toBe('Asia/Kolkata');
  expect(zoneOf({ LK_TIME_ZONE: 'Mars/Olympus' })).toBeUndefined();
});

const singleSignOn = {
  LK_OIDC_ISSUER: 'https://login.campus.example/realms/campus',
  LK_OIDC_CLIENT_ID: 'latchkey',
  LK_OIDC_CLIENT_SECRET_FILE: '/run/secrets/oidc',
  LK_PUBLIC_URL: 'https://doors.campus.example',
};
const faultsOf = (env: Record<string, string>) =>
  gatewayConfig.safeParse(env).error?.issues.map(({ path }) => path[0]) ?? [];

it('takes single sign-on whole or not at all', () => {
  expect(faultsOf({})).toEqual([]);
  expect(faultsOf(singleSignOn)).toEqual([]);
  for (const name of Object.keys(singleSignOn)) {
    const { [name]: _, ...rest } = singleSignOn as Record<string, string>;
    expect(faultsOf(rest)).toEqual([name]);
  }
  expect(faultsOf({ ...singleSignOn, LK_OIDC_CLIENT_SECRET: 'twice' })).toEqual([
    'LK_OIDC_CLIENT_SECRET_FILE',
  ]);
});

it.each([
  ['http://login.campus.example', false],
  ['http://127.0.0.1.evil.example', false],
  ['http://localhost.evil.example', false],
  ['https://user@login.campus.example', false],
  ['https://login.campus.example?tenant=1', false],
  ['https://login.campus.example/.well-known/openid-configuration', false],
  ['ftp://127.0.0.1', false],
  ['http://127.0.0.1:9000', true],
  ['http://localhost:9000', true],
  ['http://[::1]:9000', true],
])('an issuer at %s is trusted: %s', (LK_OIDC_ISSUER, isTrusted) => {
  expect(faultsOf({ ...singleSignOn, LK_OIDC_ISSUER })).toEqual(
    isTrusted ? [] : ['LK_OIDC_ISSUER'],
  );
});

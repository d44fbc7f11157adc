// Real: broker, registry with its file store, gateway over HTTP, an OpenID provider (oidc-provider).
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Browser, PASSWORD } from '../gateway/browser.fixture.js';
import { refused, SignOnDesk } from '../gateway/sign-on.fixture.js';

let campus: SignOnDesk;
beforeAll(async () => {
  campus = await SignOnDesk.open();
});
afterAll(async () => {
  await campus?.[Symbol.asyncDispose]();
});

it.each([
  ['not verified', { email_verified: false }],
  ['of which nothing is said', { email_verified: undefined }],
  ['verified only by a word', { email_verified: 'true' }],
])('an address that is %s opens nothing', async (what, claims) => {
  const name = `unverified-${what.length}`;
  const { account } = await campus.person(name, claims);
  const browser = campus.browser();
  expect(await browser.signIn(account)).toMatchObject(refused('LK-SSO-001'));
});

it.each([
  ['a letter that folds to another', (email: string) => email.replace('k', '\u212A')],
  ['a letter that looks alike', (email: string) => email.replace('a', '\u0430')],
  ['an end that is cut off', (email: string) => `${email}\u0000.evil.example`],
  ['a list', (email: string) => [email]],
])('an address with %s is another one', async (what, change) => {
  const name = `kalike-${what.length}`;
  const { email } = await campus.person(name);
  campus.provider.accounts.set('s-alike', { email: change(email), email_verified: true });
  expect(await campus.browser().signIn('s-alike')).toMatchObject(refused('LK-SSO-001'));
});

it('an address that is handed on to another account hands no operator on, nor does a new invitation of it', async () => {
  const { account, email } = await campus.person('leaver');
  expect(await campus.browser().signIn(account)).toMatchObject({ to: '/#/' });
  campus.provider.accounts.set('s-successor', { email, email_verified: true });
  const successor = campus.browser();
  expect(await successor.signIn('s-successor')).toMatchObject(refused('LK-SSO-001'));
  // The leaver's account stays theirs, whatever address it has by now.
  campus.provider.accounts.set(account, { email: 'away@campus.example', email_verified: true });
  await campus.invite('successor', email, 'auditor');
  const leaver = campus.browser();
  await leaver.signIn(account);
  expect(await leaver.me()).toMatchObject({ username: 'leaver' });
  await successor.signIn('s-successor');
  expect(await successor.me()).toEqual({ username: 'successor', role: 'auditor' });
});

it('of two accounts with one verified address, at the same moment, one is bound', async () => {
  const { account, email } = await campus.person('double');
  campus.provider.accounts.set('s-double-2', { email, email_verified: true });
  const browsers = [campus.browser(), campus.browser()];
  const went = await Promise.all([browsers[0]?.signIn(account), browsers[1]?.signIn('s-double-2')]);
  expect(new Set(went.map((one) => one?.to))).toEqual(new Set(['/#/', refused('LK-SSO-001').to]));
});

it('one address invites one operator', async () => {
  const { email } = await campus.person('invited');
  const facts = { username: 'second', name: 'Second', role: 'administrator', singleSignOn: email };
  expect(await campus.desk.ask('POST', '/operators', facts)).toMatchObject({
    status: 409,
    json: { code: 'LK-SSO-005' },
  });
});

it('who is shut out or removed is refused by their account, and what they were signed in to is over', async () => {
  const { account, email } = await campus.person('shut-out');
  const browser = campus.browser();
  await browser.signIn(account);
  const version = { 'if-match': '"2"' };
  const change = { name: 'x', role: 'guard', disabled: true };
  expect(await campus.desk.ask('PUT', '/operators/shut-out', change, version)).toMatchObject({
    status: 200,
  });
  expect(await browser.me()).toBeUndefined();
  expect(await browser.signIn(account)).toMatchObject(refused('LK-SSO-001'));
  const { json } = await campus.desk.ask('GET', '/audit?action=operator.sign-in-refused&limit=1');
  expect(json['entries']).toMatchObject([{ by: 'gateway', subject: 'shut-out' }]);
  await campus.desk.ask('DELETE', '/operators/shut-out');
  expect(await browser.signIn(account)).toMatchObject(refused('LK-SSO-001'));
  // Another of that name is not who the account was bound to.
  await campus.invite('shut-out', `not-${email}`);
  expect(await browser.signIn(account)).toMatchObject(refused('LK-SSO-001'));
});

it('taking single sign-on away, or inviting anew, ends what was signed in and frees the account', async () => {
  const { account, email } = await campus.person('reinvited');
  const browser = campus.browser();
  await browser.signIn(account);
  const path = '/operators/reinvited/single-sign-on';
  expect(await campus.desk.ask('DELETE', path)).toMatchObject({
    status: 409,
    json: { code: 'LK-SSO-005' },
  });
  expect(await campus.desk.ask('PUT', path, { as: `new-${email}` })).toMatchObject({ status: 200 });
  expect(await browser.me()).toBeUndefined();
  expect(await browser.signIn(account)).toMatchObject(refused('LK-SSO-001'));
});

it('an account that nobody invited is refused, and noted without its name', async () => {
  const { account, email } = await campus.person('stranger', { invited: false });
  expect(await campus.browser().signIn(account)).toMatchObject(refused('LK-SSO-001'));
  const { json } = await campus.desk.ask('GET', '/audit?action=operator.sign-in-refused');
  expect(json['entries']).toMatchObject(
    expect.arrayContaining([
      expect.objectContaining({ subject: account, detail: campus.provider.issuer }),
    ]),
  );
  expect(JSON.stringify(json)).not.toContain(email);
});

it('a role that the provider claims is nobody’s', async () => {
  const smuggled = { role: 'administrator', roles: ['administrator'], groups: ['administrator'] };
  const { account } = await campus.person('climber', { ...smuggled, admin: true });
  const browser = campus.browser();
  await browser.signIn(account);
  expect(await browser.me()).toEqual({ username: 'climber', role: 'guard' });
});

it('who signs in by single sign-on has no password that could be guessed', async () => {
  await campus.person('no-password');
  const answers = [
    await new Browser(campus.desk).signIn('no-password', PASSWORD),
    await new Browser(campus.desk).signIn('nobody-at-all', PASSWORD),
  ].map(({ status, json }) => ({ status, json: { ...json, correlationId: '' } }));
  expect(answers[0]).toMatchObject({ status: 401, json: { code: 'LK-AUTH-010' } });
  expect(answers[1]).toEqual(answers[0]);
});

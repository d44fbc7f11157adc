// Real: broker, registry with its file store, two replicas of the gateway over HTTP, an OpenID provider (oidc-provider).
import type { Service } from '@latchkey/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SignOnDesk } from './sign-on.fixture.js';

describe('single sign-on', () => {
  let campus: SignOnDesk;
  let replica: Service;

  beforeAll(async () => {
    campus = await SignOnDesk.open();
    replica = await campus.desk.another('replica', { LK_GATEWAY_PORT: '0' });
  });
  afterAll(async () => {
    await replica?.close();
    await campus?.[Symbol.asyncDispose]();
  });

  it('lets an invited operator in by the account that they have at the campus, at any replica', async () => {
    campus.provider.accounts.set('s-asha', { email: 'Asha@campus.example', email_verified: true });
    await campus.invite('asha', 'asha@CAMPUS.example', 'enroller');
    const browser = campus.browser();
    const { status, url } = await browser.begin('#/people?q=asha');
    expect(status).toBe(200);
    const back = await campus.provider.signIn(url, 's-asha');
    const elsewhere = browser.before(replica.httpUrl ?? '');
    const wentOn = await elsewhere.comeBack(back);
    expect(wentOn).toMatchObject({ status: 303, to: '/#/people?q=asha' });
    expect(await elsewhere.me()).toEqual({ username: 'asha', role: 'enroller' });
    const { json } = await campus.desk.ask('GET', '/operators');
    expect(json['operators']).toMatchObject([
      {
        username: 'asha',
        password: false,
        singleSignOn: { as: 'asha@campus.example', bound: true },
      },
    ]);
    const noted = async () => (await campus.desk.ask('GET', '/audit?by=asha')).json['entries'];
    await expect.poll(noted, { timeout: 45_000 }).toMatchObject([
      { action: 'operator.signed-in', subject: 'asha' },
      { action: 'operator.single-sign-on-bound', subject: 'asha' },
    ]);
  });
});

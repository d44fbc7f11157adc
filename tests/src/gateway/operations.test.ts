// Real: broker, registry with its file store, gateway over HTTP.
import { buckets, deadHeaders, deadSubject, delivery, subjectOf } from '@latchkey/contracts';
import { openBucket } from '@latchkey/runtime';
import { headers } from '@nats-io/nats-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FrontDesk } from './front-desk.fixture.js';

const WAIT = { timeout: 45_000 };

describe('operations over REST', () => {
  let desk: FrontDesk;

  beforeAll(async () => {
    desk = await FrontDesk.open();
  });
  afterAll(async () => {
    await desk?.[Symbol.asyncDispose]();
  });

  it('tells what is up and what is away', async () => {
    const healths = async () => {
      const { json } = await desk.ask('GET', '/status');
      const parts = json['parts'] as { name: string; health: string }[];
      return Object.fromEntries(parts.map(({ name, health }) => [name, health]));
    };
    // Whoever does not answer at once counts as away: on a slow machine, anyone now and then.
    await expect.poll(healths, WAIT).toEqual({
      broker: 'ok',
      registry: 'ok',
      gateway: 'ok',
      face: 'away',
      qr: 'away',
      auth: 'away',
      capture: 'away',
      notify: 'away',
    });
    const { status, json } = await desk.ask('GET', '/status');
    expect(status).toBe(200);
    expect(json['ready']).toBe(false);
    const streams = json['streams'] as { name: string }[];
    expect(streams.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['ACCESS', 'ALARMS', 'REGISTRY', 'DEAD']),
    );
  });

  it('tells of a dead letter where it comes from and why, never what is in it', async () => {
    const head = headers();
    head.set(deadHeaders.code, 'LK-MAIL-002');
    head.set(deadHeaders.reason, 'The mail server refuses the mail for good.');
    head.set(deadHeaders.subject, 'lk.v1.notice.mail');
    head.set(deadHeaders.sequence, '12');
    head.set(deadHeaders.deliveries, '3');
    const subject = subjectOf(deadSubject, { stream: 'NOTICES', consumer: 'notify-mail' });
    for (const secret of ['hush-1', 'hush-2', 'hush-3']) {
      await desk.gateway.bus.js.publish(subject, `{"email":"${secret}"}`, { headers: head });
    }
    const first = await desk.ask('GET', '/dead-letters?limit=2');
    const letters = first.json['deadLetters'] as object[];
    expect(letters).toHaveLength(2);
    expect(letters[0]).toMatchObject({
      id: 3,
      stream: 'NOTICES',
      consumer: 'notify-mail',
      subject: 'lk.v1.notice.mail',
      sequence: 12,
      deliveries: 3,
      code: 'LK-MAIL-002',
      sizeBytes: 18,
    });
    const cursor = String(first.json['next']);
    const second = await desk.ask('GET', `/dead-letters?limit=2&cursor=${cursor}`);
    expect(second.json['deadLetters']).toMatchObject([{ id: 1 }]);
    expect(second.json['next']).toBeNull();
    expect(JSON.stringify([first.json, second.json])).not.toContain('hush');
  });

  it('lists what was mailed, each job in its newest state', async () => {
    const deliveries = await openBucket(desk.gateway.bus, buckets.deliveries, delivery);
    const mail = {
      job: 'j1',
      recipient: 's1',
      occasion: 'code',
      state: 'failed' as const,
      messageId: '<1@x>',
      tries: 1,
      fault: 'refused',
      at: 1_790_000_000_000,
    };
    await deliveries.put('j1', mail);
    await deliveries.put('j2', { ...mail, job: 'j2' });
    await deliveries.put('j1', { ...mail, state: 'sent', tries: 2, fault: null });
    await deliveries.put('j3', { ...mail, job: 'j3' });
    await deliveries.delete('j3');
    const { json } = await desk.ask('GET', '/deliveries');
    expect(json['deliveries']).toMatchObject([
      { job: 'j1', state: 'sent', tries: 2, at: new Date(mail.at).toISOString() },
      { job: 'j2', state: 'failed' },
    ]);
  });

  it('pages through what was mailed from the newest back, past whatever was tried again and again', async () => {
    const deliveries = await openBucket(desk.gateway.bus, buckets.deliveries, delivery);
    const mail = {
      recipient: 's1',
      occasion: 'code',
      messageId: '<1@x>',
      tries: 1,
      fault: null,
      at: 1_790_000_000_000,
    };
    const jobs = Array.from({ length: 25 }, (_, n) => `page-${n}`);
    for (const [n, job] of jobs.entries()) {
      // What a change leaves behind is a gap in the numbers, here of up to 60.
      for (let tries = 1; tries < (n % 10) * 7; tries += 1) {
        await deliveries.put(job, { ...mail, job, tries, state: 'failed' });
      }
      const state = n % 8 === 0 ? 'failed' : 'sent';
      await deliveries.put(job, { ...mail, job, state });
    }
    const pagesOf = async (query: string): Promise<string[]> => {
      const found: string[] = [];
      for (let cursor = ''; ; ) {
        const { json } = await desk.ask('GET', `/deliveries?limit=4${query}${cursor}`);
        found.push(...(json['deliveries'] as { job: string }[]).map(({ job }) => job));
        const next = json['next'] as string | null;
        if (next === null) return found.filter((job) => job.startsWith('page-'));
        cursor = `&cursor=${next}`;
      }
    };
    expect(await pagesOf('')).toEqual(jobs.toReversed());
    expect(await pagesOf('&state=failed')).toEqual(['page-24', 'page-16', 'page-8', 'page-0']);
  });

  it('tells who did what, and asks twice before everybody is forgotten', async () => {
    await desk.ask('POST', '/doors', { id: 'north', name: 'North' });
    await desk.ask('POST', '/people', { id: 's1', name: 'Asha', email: 'asha@example.org' });
    const noted = async () =>
      (await desk.ask('GET', '/audit')).json['entries'] as { by: string; subject: string }[];
    await expect.poll(async () => (await noted()).length, WAIT).toBeGreaterThan(1);
    expect(new Set((await noted()).map(({ by }) => by))).toEqual(new Set(['token']));
    const doors = await desk.ask('GET', '/audit?door=north&by=token&action=door.created');
    expect(doors.json['entries']).toMatchObject([
      { subject: 'north', person: null, before: null, after: { name: 'North' }, outcome: 'done' },
    ]);
    expect((await desk.ask('GET', '/audit?action=door.opened')).status).toBe(400);
    for (const body of [undefined, {}, { confirm: true }, { confirm: 'yes' }]) {
      expect(await desk.ask('DELETE', '/people', body)).toMatchObject({
        status: 400,
        json: { code: 'LK-REQ-001', faults: [{ field: 'body.confirm' }] },
      });
    }
    expect((await desk.ask('GET', '/people?state=draft')).json['total']).toBe(1);
    const all = await desk.ask('DELETE', '/people', { confirm: 'delete all people' });
    expect(all.status).toBe(200);
  });

  it('describes itself to anyone: OpenAPI for machines, one page without scripts for people', async () => {
    const document = await fetch(`${desk.gateway.httpUrl}/api/v1/openapi.json`);
    expect(await document.json()).toMatchObject({ openapi: '3.1.0' });
    const page = await fetch(`${desk.gateway.httpUrl}/api/v1/docs`);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await page.text();
    expect(html).toContain('id="LK-PER-002"');
    expect(html).not.toMatch(/<script|(src|href)="(https?:)?\/\//);
  });
});

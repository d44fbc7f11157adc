// Real: broker, registry with its file store, gateway over HTTP. Simulated: faces, as unit vectors; what happened, as auth would tell it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newOperator } from '../gateway/browser.fixture.js';
import { enrolAt } from '../gateway/enrolled.fixture.js';
import { FrontDesk } from '../gateway/front-desk.fixture.js';
import { enter } from '../gateway/happening.fixture.js';

const person = (id: string) => ({ id, name: `Name of ${id}`, email: `${id}@campus.example` });

describe('what is held on people', { timeout: 60_000 }, () => {
  let desk: FrontDesk;
  beforeAll(async () => {
    desk = await FrontDesk.open();
    await enrolAt(desk, person('s1024'), 1);
    await enrolAt(desk, person('s2048'), 2);
    await enter(desk);
  });
  afterAll(async () => {
    await desk?.[Symbol.asyncDispose]();
  });

  it('is told whole to whom it is about: record, consent, entries, mails, audit, and no secret', async () => {
    const held = () => desk.ask('GET', '/people/s1024/held');
    const told = async () => {
      const { audit = [], events = [] } = (await held()).json;
      return JSON.stringify([audit, events]);
    };
    await expect.poll(told, { timeout: 45_000 }).toMatch(/person\.enrolled.*access\.granted/);
    const { status, json } = await held();
    expect(status).toBe(200);
    expect(json['person']).toMatchObject({
      id: 's1024',
      email: 's1024@campus.example',
      consent: { version: '2026-11', text: expect.stringContaining('template') as string },
    });
    expect(json['templates']).toMatchObject({ held: 1 });
    const audit = json['audit'] as { action: string; person: string }[];
    expect(audit.map(({ action }) => action)).toContain('person.enrolled');
    const text = JSON.stringify(json);
    expect(text).not.toMatch(/LK1\.|"template":|s2048/);
  });

  it('is noted, and refused to whoever is no administrator', async () => {
    const noted = async () =>
      (await desk.ask('GET', '/audit?action=person.data-exported')).json['entries'];
    expect(await noted()).toMatchObject([
      { by: 'token', person: 's1024', outcome: 'exported' },
      ...Array.from({ length: ((await noted()) as object[]).length - 1 }, () => ({})),
    ]);
    for (const role of ['enroller', 'guard', 'auditor'] as const) {
      const browser = await newOperator(desk, `asks-${role}`, role);
      const before = ((await noted()) as object[]).length;
      expect(await browser.ask('GET', '/people/s1024/held')).toMatchObject({
        status: 403,
        json: { code: 'LK-AUTH-004' },
      });
      expect(await noted()).toHaveLength(before);
    }
  });

  it('is nothing of a face before somebody agreed: a sample without consent is refused', async () => {
    await expect(
      enrolAt(desk, { ...person('s4096'), consent: undefined }, 4),
    ).rejects.toMatchObject({
      code: 'LK-PER-014',
    });
    expect((await desk.ask('GET', '/people/s4096')).json).toMatchObject({
      samples: 0,
      consent: null,
    });
    for (const consent of [{ version: '1999-01' }, { version: '' }, 'yes', true]) {
      const { status } = await desk.ask('POST', '/people', { ...person('s8192'), consent });
      expect(status).toBe(400);
    }
  });
});

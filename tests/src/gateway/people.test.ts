// Real: broker, registry with its file store, gateway over HTTP. Simulated: notify, by its entries in the ledger.
import { buckets, codeNotice, delivery, deliveryKey, streams } from '@latchkey/contracts';
import { ensureTopology, openBucket } from '@latchkey/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../registry/until.js';
import { enrolAt } from './enrolled.fixture.js';
import { FrontDesk } from './front-desk.fixture.js';

const asha = { id: 's1024', name: 'Asha Rao', email: 'asha@example.org' };

describe('people over REST', () => {
  let desk: FrontDesk;
  beforeAll(async () => {
    desk = await FrontDesk.open();
    await enrolAt(desk, { ...asha, language: 'hi', consent: { version: '2026-11' } });
  });
  afterAll(async () => {
    await desk?.[Symbol.asyncDispose]();
  });

  const importing = (csv: string, facts: object = {}) =>
    desk.ask('POST', '/people/import', { csv, ...facts });

  it('tells of a person what they agreed to, in their language', async () => {
    const { status, json, headers } = await desk.ask('GET', '/people/s1024');
    expect(status).toBe(200);
    expect(headers.get('etag')).toBe('"1"');
    expect(json).toMatchObject({
      language: 'hi',
      consent: { version: '2026-11', by: 'token', text: expect.stringMatching(/सहमति/) },
      code: { state: 'sending', issuedAt: json['codeIssuedAt'], usedAt: null },
    });
    const { json: page } = await desk.ask('GET', '/people');
    expect((page['people'] as { consent: object }[])[0]?.consent).not.toHaveProperty('text');
  });

  it.each(['failed', 'sent'] as const)(
    'tells by the ledger that the code was %s',
    async (state) => {
      await ensureTopology(desk.gateway.bus, { streams: [streams.NOTICES] });
      const job = await until('the code’s mail', async () => {
        const facts = { last_by_subj: codeNotice.template };
        const message = await desk.gateway.bus.jsm.streams.getMessage('NOTICES', facts);
        return message?.header.get('Nats-Msg-Id');
      });
      const ledger = await openBucket(desk.gateway.bus, buckets.deliveries, delivery);
      await ledger.put(deliveryKey(job), {
        job,
        recipient: 's1024',
        occasion: 'code-registered',
        state,
        messageId: '<x@y>',
        tries: 1,
        fault: null,
        at: Date.now(),
      });
      const { json } = await desk.ask('GET', '/people/s1024');
      expect(json['code']).toMatchObject({ state: state === 'sent' ? 'mailed' : 'failed' });
    },
  );

  it('tells the second of two operators who change the same person', async () => {
    const change = (name: string, match: string) =>
      desk.ask(
        'PUT',
        '/people/s1024',
        { name, email: asha.email, language: 'es' },
        { 'if-match': match },
      );
    const first = await change('Asha R. Rao', '"1"');
    expect(first).toMatchObject({ status: 200, json: { name: 'Asha R. Rao', language: 'es' } });
    expect(first.headers.get('etag')).toBe('"2"');
    expect(await change('Asha S. Rao', '"1"')).toMatchObject({
      status: 412,
      json: { code: 'LK-PER-012' },
    });
    expect(await change(' ', '"2"')).toMatchObject({
      status: 422,
      json: { code: 'LK-PER-005', faults: [{ field: 'body.name' }] },
    });
  });

  it('shows every fault of a list, and lists nobody until there is none or they are passed over', async () => {
    const csv = [
      'id,name,email,groups,guard',
      's1,Ben Okafor,ben@example.org,staff;lab,yes',
      's1024,Other,other@example.org,,',
      's2,,x,,perhaps',
      's3,Carla,BEN@example.org,,',
    ].join('\n');
    const faults = [
      [],
      [['id', 'LK-PER-002']],
      [
        ['guard', 'LK-REQ-001'],
        ['name', 'LK-PER-005'],
        ['email', 'LK-PER-003'],
      ],
      [['email', 'LK-PER-004']],
    ];
    for (const commit of [false, true]) {
      const { status, json } = await importing(csv, { commit });
      expect(status).toBe(200);
      expect(json).toMatchObject({ good: 1, faulty: 3, created: 0 });
      const rows = json['rows'] as { line: number; faults: { field: string; code: string }[] }[];
      expect(rows.map(({ line }) => line)).toEqual([2, 3, 4, 5]);
      expect(rows.map((row) => row.faults.map(({ field, code }) => [field, code]))).toEqual(faults);
    }
    const { json } = await importing(csv, { commit: true, skipFaulty: true });
    expect(json).toMatchObject({ good: 1, faulty: 3, created: 1 });
    const listed = await desk.ask('GET', '/people?state=listed&group=lab&q=ok');
    expect(listed.json).toMatchObject({
      people: [{ id: 's1', state: 'listed', guard: true, code: { state: 'none' }, samples: 0 }],
      total: 1,
      totalIsMore: false,
    });
  });

  it('enrols who was listed from their page, and lists them again when it is given up', async () => {
    expect(await desk.ask('POST', '/people/s1/draft')).toMatchObject({
      status: 200,
      json: { state: 'draft', consent: null },
    });
    const found = async (query: string) => (await desk.ask('GET', `/people?${query}`)).json;
    expect(await found('group=lab&q=ok')).toMatchObject({ people: [], total: 0 });
    expect(await found('state=draft&group=lab&q=ok')).toMatchObject({ people: [{ id: 's1' }] });
    expect((await desk.ask('DELETE', '/people/s1/draft')).status).toBe(204);
    expect(await desk.ask('GET', '/people/s1')).toMatchObject({ json: { state: 'listed' } });
    await enrolAt(desk, { id: 's1', consent: { version: '2026-11' } }, 2);
    expect(await desk.ask('GET', '/people/s1')).toMatchObject({ json: { state: 'enrolled' } });
  });

  it.each([
    ['a file that is none', 'hello', {}, 422, 'LK-PER-013'],
    ['a file of nobody', 'id,name,email', {}, 422, 'LK-PER-013'],
    ['no file', undefined, {}, 400, 'LK-REQ-001'],
  ])('refuses %s', async (_, csv, facts, status, code) => {
    expect(await importing(csv as string, facts)).toMatchObject({ status, json: { code } });
  });

  it('gives nobody an id that is a word of its own', async () => {
    const taken = { ...asha, id: 'Export', email: 'e@example.org' };
    expect(await desk.ask('POST', '/people', taken)).toMatchObject({
      status: 422,
      json: { code: 'LK-PER-001' },
    });
    const { json } = await importing('id,name,email\nexport,E,e@example.org');
    expect(json).toMatchObject({ good: 0, faulty: 1 });
  });

  it('exports people without a formula among them', async () => {
    await importing('id,name,email\nf1,"=HYPERLINK(""http://x"",A)",f1@example.org', {
      commit: true,
    });
    const response = await desk.fetch('/people/export');
    expect(response.headers.get('content-type')).toMatch(/^text\/csv/);
    expect(response.headers.get('content-disposition')).toContain('people.csv');
    const lines = (await response.text()).trimEnd().split('\r\n');
    expect(lines[0]).toBe('id,name,email,state,guard,groups,language,enrolledAt');
    expect(lines).toHaveLength(4);
    expect(lines[1]).toMatch(/^f1,"'=HYPERLINK\(/);
    expect(lines[2]).toMatch(/^s1,Ben Okafor,ben@example.org,enrolled,yes,staff;lab,en,20\d\d-/);
  });

  it('notes who exported people, which, and how many', async () => {
    await (await desk.fetch('/people/export?group=lab')).text();
    const exports = async () =>
      (await desk.ask('GET', '/audit?action=people.exported')).json['entries'];
    await expect.poll(exports, { timeout: 45_000 }).toMatchObject([
      { by: 'token', subject: 'people', detail: 'group lab', outcome: 'exported-1' },
      { by: 'token', detail: '', outcome: 'exported-3' },
    ]);
  });

  it('takes a list of 10,000 people, and the limit of other routes stays', async () => {
    const count = 10_000;
    const line = (n: number) => `p${n},Person ${n} of the long list,p${n}@campus.example,staff`;
    const csv = `id,name,email,groups\n${Array.from({ length: count }, (_, n) => line(n)).join('\n')}`;
    expect(await importing(csv)).toMatchObject({ status: 200, json: { good: count, faulty: 0 } });
    const long = { ...asha, id: 'x', name: 'n'.repeat(70_000) };
    expect(await desk.ask('POST', '/people', long)).toMatchObject({
      status: 413,
      json: { code: 'LK-REQ-002' },
    });
    expect(await importing(`${csv}\np,One,too@many.example`)).toMatchObject({ status: 422 });
  });
});

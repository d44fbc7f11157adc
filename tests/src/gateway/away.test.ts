// Real: broker (killed and brought back), registry with its file store, gateway over HTTP.
import { deadSubject, mailNotice, objectStores, subjectOf } from '@latchkey/contracts';
import { loadPublicKey, openObjects, sealBytes } from '@latchkey/runtime';
import { doorFrame, samplePerson } from '@latchkey/vision/samples';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { FrontDesk } from './front-desk.fixture.js';
import { happen } from './happening.fixture.js';
import { readLive } from './live-reader.fixture.js';

describe('when something is away', () => {
  let desk: FrontDesk;

  beforeAll(async () => {
    desk = await FrontDesk.open();
    await desk.ask('POST', '/people', {
      id: 's1',
      name: 'Asha',
      email: 'asha@example.org',
      consent: { version: '2026-11' },
    });
  });
  afterAll(async () => {
    await desk?.[Symbol.asyncDispose]();
  });

  it('refuses a sample while no face worker is there, and keeps nothing', async () => {
    const picture = await doorFrame(samplePerson('sample3@1075'));
    expect(await desk.ask('POST', '/people/s1/samples', picture)).toMatchObject({
      status: 504,
      json: { code: 'LK-BUS-003' },
    });
    expect((await desk.ask('GET', '/people/s1')).json['samples']).toBe(0);
  });

  it('goes on with people while the broker is gone, says so of events, and heals by itself', async () => {
    const before = await happen(desk);
    const [seen] = await readLive(desk, '?since=0', {}, { until: (all) => all.length > 0 });
    expect(seen?.data.id).toBe(before);
    await desk.broker.kill('SIGKILL');
    expect(await desk.ask('GET', '/people/s1')).toMatchObject({ status: 200 });
    const away = await desk.ask('GET', '/events');
    expect([503, 504]).toContain(away.status);
    expect(['LK-BUS-001', 'LK-BUS-003']).toContain(away.json['code']);
    const parts = (await desk.ask('GET', '/status')).json['parts'] as object[];
    expect(parts).toContainEqual(expect.objectContaining({ name: 'broker', health: 'away' }));
    await desk.broker.restart();
    await vi.waitFor(() => happen(desk), 45_000);
    const after = await readLive(
      desk,
      '',
      { 'last-event-id': seen?.id ?? '' },
      { until: (all) => all.length > 0 },
    );
    expect(after[0]?.data.id).not.toBe(before);
    expect((await desk.ask('GET', '/events')).status).toBe(200);
  });

  it('throws no dead letter away while nobody can note who did', async () => {
    const subject = subjectOf(deadSubject, { stream: 'NOTICES', consumer: 'notify-mail' });
    const { seq } = await desk.gateway.bus.js.publish(subject, JSON.stringify(mailNotice.example));
    await desk.registry.close();
    expect(await desk.ask('DELETE', `/dead-letters/${seq}`)).toMatchObject({
      status: 504,
      json: { code: 'LK-BUS-003' },
    });
    expect((await desk.ask('GET', `/dead-letters/${seq}`)).status).toBe(200);
  });

  it('shows no photograph while nobody can note who looks', async () => {
    const store = await openObjects(desk.gateway.bus, objectStores.evidence);
    const key = await loadPublicKey(desk.keysDir, 'evidence');
    await store.put('north.1', sealBytes(key, Buffer.from('pretend JPEG')));
    expect(await desk.ask('GET', '/evidence/north.1')).toMatchObject({
      status: 504,
      json: { code: 'LK-BUS-003' },
    });
  });
});

// Real: broker, face worker with its models, registry with its file store, gateway over HTTP, seals. Simulated: the denials.
import { randomUUID } from 'node:crypto';
import { accessDenied, consumers, faceExtract, objectStores } from '@latchkey/contracts';
import {
  loadPublicKey,
  loadSeed,
  open,
  openObjects,
  publishEvent,
  sealBytes,
} from '@latchkey/runtime';
import { registry } from '@latchkey/registry';
import { doorFrame, probeFrames, SECOND_PHOTOGRAPH, samplePerson } from '@latchkey/vision/samples';
import { afterEach, describe, expect, it } from 'vitest';
import { templateNeedles, tracesOf } from '../erasure/traces.fixture.js';
import { quiet } from '../registry/registry.fixture.js';
import { until } from '../registry/until.js';
import { settled } from '../runtime/probe.fixture.js';
import { FrontDesk } from './front-desk.fixture.js';

interface Likeness {
  readonly kept: boolean;
  readonly days: number;
  readonly visitors: readonly {
    alert: string;
    times: number;
    doors: number;
    sightings: object[];
  }[];
}

const ON = { LK_VISITOR_LIKENESS: 'on' };
let desk: FrontDesk;

afterEach(async () => {
  await desk[Symbol.asyncDispose]();
});

/** A stranger is turned away, as face and auth leave it. @returns the alert */
async function turnAway(door: string, picture: Uint8Array): Promise<string> {
  const { bus } = desk.gateway;
  const [attempt, at] = [randomUUID(), Math.round(bus.nowMs())];
  const evidence = `${door}.${attempt}`;
  const store = await openObjects(bus, objectStores.evidence);
  await store.put(evidence, sealBytes(await loadPublicKey(desk.keysDir, 'evidence'), picture));
  const data = { attempt, door, camera: 'main', at, reason: 'unknown' as const, person: null };
  const told = { id: `${attempt}:outcome`, correlationId: attempt };
  const denial = { ...told, data: { ...data, evidence, lockedUntil: null } };
  await publishEvent(bus, accessDenied, { door }, denial);
  return told.id;
}

async function likenessOf(...alerts: string[]): Promise<Likeness> {
  const { status, json } = await desk.ask('GET', `/visitors/likeness?alerts=${alerts.join()}`);
  if (status !== 200) throw new Error(`not told: ${JSON.stringify(json)}`);
  return json as unknown as Likeness;
}

/** Once all are noted: an answer that is gathered meanwhile may know one of them and not yet count it. */
async function compared(...alerts: string[]): Promise<Likeness> {
  await settled(desk.gateway.bus, consumers.gatewayVisitors);
  return await likenessOf(...alerts);
}

/** All that is sent on the bus meanwhile, and the templates that face makes. */
async function overhear() {
  const heard: Buffer[] = [];
  const templates: number[][] = [];
  const seed = await loadSeed(desk.keysDir, 'registry');
  const subscription = desk.gateway.bus.nc.subscribe('>', {
    callback: (_, { data }) => {
      heard.push(Buffer.from(data));
      const reply = faceExtract.reply.safeParse(jsonOf(data));
      if (!reply.success || !reply.data.ok || reply.data.template === null) return;
      templates.push(JSON.parse(Buffer.from(open(seed, reply.data.template)).toString()));
    },
  });
  return { heard, templates, stop: () => subscription.unsubscribe() };
}

function jsonOf(data: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(data).toString());
  } catch {
    return undefined;
  }
}

function needlesOf(template: readonly number[]) {
  const length = Math.hypot(...template);
  const floats = Float32Array.from(template, (value) => value / length);
  return {
    ...templateNeedles(new Uint8Array(floats.buffer)),
    'the template, as text': template.slice(100, 104).join(),
  };
}

describe('visitors who look alike', { timeout: 120_000 }, () => {
  const [stranger, other] = [samplePerson('sample3@1504'), samplePerson('sample5@610')];
  const places = () => ({
    folder: desk.folder,
    except: [],
    bus: desk.gateway.bus,
    keysDir: desk.keysDir,
  });

  it('are told to have been seen before where the site has switched it on, in clear nowhere', async () => {
    desk = await FrontDesk.open({ face: true, registryEnv: ON });
    const { heard, templates, stop } = await overhear();
    const frames = await probeFrames(stranger);
    const first = await turnAway('north', frames[0] ?? Buffer.of());
    const again = await turnAway('yard', frames[1] ?? Buffer.of());
    const another = await turnAway('yard', await doorFrame(other));
    const { kept, days, visitors } = await compared(first, again, another);
    stop();
    expect({ kept, days }).toEqual({ kept: true, days: 7 });
    expect(visitors).toMatchObject([
      { alert: first, times: 2, doors: 2, sightings: [{ alert: again }, { alert: first }] },
      { alert: again, times: 2, doors: 2 },
      { alert: another, times: 1, doors: 1 },
    ]);
    expect(templates).toHaveLength(3);
    const needles = needlesOf(templates[0] ?? []);
    const bus = heard.flatMap((bytes) =>
      Object.entries(needles).flatMap(([what, needle]) => (bytes.includes(needle) ? [what] : [])),
    );
    expect(bus).toEqual([]);
    expect(await tracesOf(needles, places())).toEqual([]);
    // It is switched off: nothing of it is left, byte by byte.
    const sightings = { 'the sighting': first, 'its photograph’s key': again.split(':')[0] ?? '' };
    const inDatabase = async () =>
      (await tracesOf(sightings, places())).filter((trace) => trace.includes('registry.db'));
    expect(await inDatabase()).not.toEqual([]);
    await using off = await registry.create(
      registry.readConfig({ ...desk.settings, LK_REGISTRY_URL: '127.0.0.1:0' }),
      { logger: quiet },
    );
    await off.ready();
    await until('an end of it', async () => ((await inDatabase()).length === 0 ? true : undefined));
  });

  it('are one where they come back on another day, in another photograph', async () => {
    desk = await FrontDesk.open({ face: true, registryEnv: ON });
    const alerts: string[] = [];
    for (const id of [SECOND_PHOTOGRAPH.first, SECOND_PHOTOGRAPH.second]) {
      alerts.push(await turnAway('north', await doorFrame(samplePerson(id))));
    }
    const { visitors } = await compared(...alerts);
    expect(visitors.map(({ times }) => times)).toEqual([2, 2]);
  });

  it('are not looked at where it is switched off, and nothing is kept', async () => {
    desk = await FrontDesk.open({ face: true });
    const { templates, stop } = await overhear();
    const alert = await turnAway('north', await doorFrame(stranger));
    await settled(desk.gateway.bus, consumers.gatewayVisitors);
    stop();
    expect(await likenessOf(alert)).toEqual({ kept: false, days: 0, visitors: [] });
    expect(templates).toEqual([]);
    const traces = await tracesOf({ 'the sighting': alert }, places());
    expect(traces.filter((trace) => trace.includes('registry.db'))).toEqual([]);
  });
});

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { streams } from '@latchkey/contracts';
import { startBroker } from '@latchkey/devstack';
import {
  findAlerts,
  findEvents,
  findInsights,
  type Occurrence,
  occurrenceOf,
  ReadModel,
  SiteClock,
  StreamFollower,
} from '@latchkey/gateway/happened';
import { connectBus, createLogger, ensureTopology } from '@latchkey/runtime';
import type { Bench } from './bench.js';
import { attemptOf, doorOf, personOf, type Told } from './busy-campus.pure.js';
import { median, rounded } from './figures.pure.js';
import { withFolder } from './scene.js';

const FEW = 10_000;
const MANY = 1_000_000;
const BATCH = 500;
const ROUNDS = 200;
const WARM_UP_ROUNDS = 20;
const REPLAYED_ATTEMPTS = 10_000;
const DAY_MS = 86_400_000;
const END_MS = 1_790_000_000_000;
/** As many a day as make 90 days of the many. */
const EVENTS_A_DAY = MANY / 90;
const EVENTS_AN_ATTEMPT = 4.8;
const LIMIT = 50;
const STREAMS = ['ACCESS', 'ALARMS', 'REGISTRY'] as const;

/** Pages of what happened out of a million events, beside the same out of ten thousand; and how fast they are read in. */
export const happened: Bench = {
  name: 'happened',
  about:
    'pages, alerts and a day’s insights of 1,000,000 events, beside 10,000; how fast they are read in',
  run: (progress) => withFolder((folder) => measure(folder, progress)),
};

async function measure(
  folder: string,
  progress: (share: number) => void,
): Promise<Record<string, unknown>> {
  const few = await fill(join(folder, 'few', 'gateway.db'), FEW, () => undefined);
  const many = await fill(join(folder, 'many', 'gateway.db'), MANY, (share) =>
    progress(share * 0.8),
  );
  const pages: Record<string, unknown> = {};
  for (const [name, ask] of Object.entries(questions(many.middle))) {
    pages[name] = compare(
      () => ask(few.model),
      () => ask(many.model),
    );
  }
  few.model.close();
  many.model.close();
  progress(0.9);
  const replay = await replayed(folder);
  progress(1);
  return {
    pages,
    events: many.count,
    fillS: rounded(many.tookMs / 1_000),
    writtenPerCpuSecond: rounded((many.count * 1_000) / many.cpuMs),
    bytesPerEvent: rounded(many.sizeBytes / many.count),
    ...replay,
  };
}

interface Filled {
  readonly model: ReadModel;
  readonly count: number;
  readonly tookMs: number;
  /** The processor's share of it: others may want the machine, too. */
  readonly cpuMs: number;
  readonly sizeBytes: number;
  /** A place amid the last day: from where a page further back goes on. */
  readonly middle: { readonly atUs: number; readonly key: number };
}

/** A model with so many events up to one moment, as dense in both, by the model's own writer. */
async function fill(
  path: string,
  wanted: number,
  progress: (share: number) => void,
): Promise<Filled> {
  const model = ReadModel.open(path);
  for (const stream of STREAMS) model.positionIn(stream, 'bench');
  const gapMs = (DAY_MS * EVENTS_AN_ATTEMPT) / EVENTS_A_DAY;
  const attempts = Math.ceil(wanted / EVENTS_AN_ATTEMPT);
  const next = { ACCESS: 1, ALARMS: 1, REGISTRY: 1 };
  const waiting: Record<Told['stream'], Occurrence[]> = { ACCESS: [], ALARMS: [], REGISTRY: [] };
  let [count, cpuMs] = [0, 0];
  const began = performance.now();
  const write = (stream: Told['stream'], least: number) => {
    if (waiting[stream].length < least) return;
    const before = process.cpuUsage();
    model.apply(stream, waiting[stream], next[stream]);
    cpuMs += cpuMsSince(before);
    waiting[stream] = [];
  };
  for (let n = 0; n < attempts; n += 1) {
    for (const { stream, atMs, event } of attemptOf(n, END_MS - (attempts - n) * gapMs)) {
      const stored = { stream, seq: next[stream]++, atUs: Math.round(atMs * 1_000) };
      waiting[stream].push(occurrenceOf(event, stored));
      write(stream, BATCH);
      count += 1;
    }
    if (n % 1_000 === 0) progress(n / attempts);
  }
  for (const stream of STREAMS) write(stream, 1);
  const middle = { atUs: (END_MS - DAY_MS / 3) * 1_000, key: Number.MAX_SAFE_INTEGER };
  const tookMs = performance.now() - began;
  return { model, count, tookMs, cpuMs, sizeBytes: statSync(path).size, middle };
}

function questions(after: Filled['middle']): Record<string, (model: ReadModel) => unknown> {
  const newest = { order: 'newest', limit: LIMIT } as const;
  const type = ['lk.v1.access.granted', 'lk.v1.access.denied', 'lk.v1.alarm.mismatch'];
  const clock = new SiteClock('UTC');
  const toMs = clock.hourFrom(END_MS);
  const day = { fromMs: toMs - DAY_MS, toMs, clock };
  return {
    newest: (model) => findEvents(model, newest),
    furtherBack: (model) => findEvents(model, { ...newest, after }),
    ofDoor: (model) => findEvents(model, { ...newest, door: doorOf(7) }),
    ofTypes: (model) => findEvents(model, { ...newest, type }),
    ofDoorAndTypes: (model) => findEvents(model, { ...newest, door: doorOf(7), type }),
    ofPerson: (model) => findEvents(model, { ...newest, limit: 4, person: personOf(13) }),
    openAlerts: (model) => findAlerts(model, { state: 'open', limit: LIMIT }),
    insightsOfDay: (model) => findInsights(model, day),
  };
}

/** The same question of few and of many in turn, so that what else the machine does meets both. */
function compare(ofFew: () => unknown, ofMany: () => unknown) {
  const [few, many]: [number[], number[]] = [[], []];
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    const [one, other] = [timeMs(ofFew), timeMs(ofMany)];
    if (round < 0) continue;
    few.push(one);
    many.push(other);
  }
  return {
    ratio: rounded(median(many) / median(few)),
    medianMs: rounded(median(many)),
  };
}

function timeMs(act: () => unknown): number {
  const began = performance.now();
  act();
  return performance.now() - began;
}

/** How fast a new model is made out of a real broker's stream. */
async function replayed(folder: string): Promise<Record<string, unknown>> {
  await using broker = await startBroker({ dataDir: join(folder, 'nats') });
  const log = createLogger({ service: 'bench', instance: 'bench', level: 'silent' });
  const bus = await connectBus({ url: broker.url, name: 'bench', log });
  await ensureTopology(bus, { streams: STREAMS.map((stream) => streams[stream]) });
  let count = 0;
  for (let n = 0; n < REPLAYED_ATTEMPTS; n += 100) {
    const attempts = Array.from({ length: 100 }, (_, i) => attemptOf(n + i, END_MS));
    const told = attempts.flat();
    await Promise.all(
      told.map(({ subject, event }) => bus.js.publish(subject, JSON.stringify(event))),
    );
    count += told.length;
  }
  const model = ReadModel.open(join(folder, 'replayed', 'gateway.db'));
  const forgotten = async () => undefined;
  const followers = STREAMS.map((stream) => new StreamFollower({ bus, model, stream, forgotten }));
  const began = performance.now();
  const before = process.cpuUsage();
  const running = followers.map((follower) => follower.run());
  const isBehind = (follower: StreamFollower) => {
    const progress = follower.progress();
    return progress === undefined || progress.read < progress.all;
  };
  while (followers.some(isBehind)) await nextTurn();
  const [tookMs, cpuMs] = [performance.now() - began, cpuMsSince(before)];
  for (const follower of followers) follower.stop();
  await Promise.all(running);
  model.close();
  await bus.close();
  return {
    replayedEvents: count,
    replayedPerSecond: rounded((count * 1_000) / tookMs),
    replayedPerCpuSecond: rounded((count * 1_000) / cpuMs),
  };
}

function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { ADMIN_IDENTITY, consumers, facesObserved } from '@latchkey/contracts';
import { initKeys, startBroker } from '@latchkey/devstack';
import { analyseFrame } from '@latchkey/face';
import {
  BUS,
  type Bus,
  campusTopology,
  commonConfig,
  connectBus,
  createLogger,
  defineService,
  ensureTopology,
  type Frame,
  OnFrame,
  publishEvent,
  publishFrame,
  subscribeEvents,
} from '@latchkey/runtime';
import { createFaceAnalyser, loadModelPack } from '@latchkey/vision';
import { Controller, Inject } from '@nestjs/common';
import { z } from 'zod';
import type { Bench } from './bench.js';
import { median, percentile, rounded } from './figures.pure.js';
import { oneFaceFrame, withFolder } from './scene.js';

const WARM_UP_ROUNDS = 10;
const ROUNDS = 150;

/** A face worker that looks at nothing: what is left is the bus. */
@Controller()
class BlindHandler {
  constructor(@Inject(BUS) private readonly bus: Bus) {}

  @OnFrame(consumers.faceFrames)
  async observe({ facts, capturedAtMs }: Frame): Promise<void> {
    const { id: frame, door, camera, widthPx, heightPx } = facts;
    const seen = { door, camera, frame, capturedAt: capturedAtMs, widthPx, heightPx };
    const data = { ...seen, faces: [], threshold: 0.5, snapshot: null };
    await publishEvent(
      this.bus,
      facesObserved,
      { door },
      { id: frame, correlationId: frame, data },
    );
  }
}

const blind = defineService({
  name: 'face',
  config: z.object(commonConfig),
  consumers: [consumers.faceFrames],
  streams: ['OBSERVATIONS'],
  handlers: [BlindHandler],
});

/** A frame's way over the bus and its observation's way back, beside the same in clear, and the time that a face worker looks at it. */
export const bus: Bench = {
  name: 'bus',
  about:
    'a frame over the bus and its observation back, beside the time that a face worker looks at it',
  run: (progress) => withFolder((dataDir) => measure(dataDir, progress)),
};

async function measure(
  dataDir: string,
  progress: (share: number) => void,
): Promise<Record<string, unknown>> {
  const jpeg = await oneFaceFrame();
  const pack = await loadModelPack();
  const analyser = createFaceAnalyser(pack);
  const nobody = { size: 0, threshold: 0.5, search: () => [] };
  const keysDir = join(dataDir, 'keys');
  await initKeys(keysDir);
  await using guarded = await openLine(join(dataDir, 'guarded'), keysDir);
  await using clear = await openLine(join(dataDir, 'clear'));
  const [wayMs, clearMs, lookMs]: [number[], number[], number[]] = [[], [], []];
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
    const way = await roundTripMs(guarded.line, jpeg);
    const inClear = await roundTripMs(clear.line, jpeg);
    const began = performance.now();
    await analyseFrame(jpeg, nobody, analyser);
    if (round < 0) continue;
    wayMs.push(way);
    clearMs.push(inClear);
    lookMs.push(performance.now() - began);
    progress((round + 1) / ROUNDS);
  }
  await pack.close();
  return {
    ratio: rounded(median(wayMs) / median(lookMs)),
    ratioToClear: rounded(median(wayMs) / median(clearMs)),
    overheadMs: rounded(median(wayMs)),
    overheadP95Ms: rounded(percentile(wayMs, 0.95)),
    inClearMs: rounded(median(clearMs)),
    inClearP95Ms: rounded(percentile(clearMs, 0.95)),
    lookMs: rounded(median(lookMs)),
    frameKiB: rounded(jpeg.length / 1024),
    rounds: ROUNDS,
  };
}

/** A broker with a worker that looks at nothing and a line to it; with keys as in earnest, else in clear and for everybody. */
async function openLine(dataDir: string, keysDir?: string) {
  await using opened = new AsyncDisposableStack();
  const broker = opened.use(await startBroker({ dataDir, ...(keysDir ? { keysDir } : {}) }));
  const log = createLogger({ service: 'bench', instance: 'bench', level: 'silent' });
  const who = keysDir ? { keysDir, identity: ADMIN_IDENTITY } : {};
  const line = await connectBus({ url: broker.url, name: 'bench', log, ...who });
  opened.defer(() => line.close());
  await ensureTopology(line, campusTopology);
  const keys = keysDir ? { LK_KEYS_DIR: keysDir } : {};
  const env = { NATS_URL: broker.url, LK_LOG_LEVEL: 'silent', ...keys };
  const worker = opened.use(await blind.create(blind.readConfig(env)));
  await worker.ready();
  const all = opened.move();
  return { line, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

async function roundTripMs(line: Bus, jpeg: Uint8Array): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const listening = subscribeEvents(line, facesObserved, { door: 'gate' }, () => resolve());
  await line.nc.flush();
  const facts = { id: randomUUID(), door: 'gate', camera: 'main', widthPx: 640, heightPx: 480 };
  const began = performance.now();
  await publishFrame(line, { ...facts, heldMs: 0, mirrored: false }, jpeg);
  await promise;
  const ms = performance.now() - began;
  listening.stop();
  return ms;
}

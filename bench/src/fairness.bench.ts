import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { facesObserved } from '@latchkey/contracts';
import { startStack } from '@latchkey/devstack';
import { connectBus, createLogger, subscribeEvents } from '@latchkey/runtime';
import type { Bench } from './bench.js';
import { median, percentile, rounded } from './figures.pure.js';
import { oneFaceFrame, withFolder } from './scene.js';

const DOORS = 40;
const WARM_UP_MS = 3_000;
const MEASURE_S = 12;
/** Cameras send 5 to 30 frames a second, far more than the workers can look at. */
const fpsOf = (n: number) => 5 + Math.round((25 * n) / (DOORS - 1));

/** Forty cameras of 5 to 30 frames a second before two face workers: what each door gets, and how old it is then. */
export const fairness: Bench = {
  name: 'fairness',
  about:
    '40 doors at 5-30 frames/s before two face workers: least and most frames a door gets, and their age',
  run: (progress) => withFolder((dataDir) => measure(dataDir, progress)),
};

async function measure(
  dataDir: string,
  progress: (share: number) => void,
): Promise<Record<string, unknown>> {
  const source = join(dataDir, 'camera.jpg');
  await writeFile(source, await oneFaceFrame());
  const doors = Array.from({ length: DOORS }, (_, n) => `door-${n}`);
  const cameras = doors.map((door, n) => ({
    door,
    camera: 'main',
    source,
    fps: fpsOf(n),
    loop: true,
  }));
  const env = { LK_CAMERAS: JSON.stringify(cameras), LK_FACE_WORKERS: '2', LK_LOG_LEVEL: 'warn' };
  await using stack = await startStack({
    dataDir,
    services: ['registry', 'auth', 'face', 'capture'],
    env,
  });
  const log = createLogger({ service: 'bench', instance: 'bench', level: 'silent' });
  const bus = await connectBus({
    url: stack.broker.url,
    name: 'bench',
    identity: 'admin',
    keysDir: stack.keysDir,
    log,
  });
  const frames = new Map(doors.map((door) => [door, 0]));
  const agesMs: number[] = [];
  await delay(WARM_UP_MS);
  const listening = subscribeEvents(bus, facesObserved, {}, ({ data }) => {
    frames.set(data.door, (frames.get(data.door) ?? 0) + 1);
    agesMs.push(bus.nowMs() - data.capturedAt);
  });
  for (let second = 0; second < MEASURE_S; second++) {
    await delay(1_000);
    progress((second + 1) / MEASURE_S);
  }
  listening.stop();
  await bus.close();
  const perSecond = [...frames.values()].map((count) => count / MEASURE_S);
  const [least, most] = [Math.min(...perSecond), Math.max(...perSecond)];
  return {
    ratio: rounded(least / most),
    leastFramesPerSecond: rounded(least),
    mostFramesPerSecond: rounded(most),
    allFramesPerSecond: rounded(perSecond.reduce((sum, one) => sum + one, 0)),
    ageMedianMs: rounded(median(agesMs)),
    ageP95Ms: rounded(percentile(agesMs, 0.95)),
    doors: DOORS,
    sentFramesPerSecond: doors.reduce((sum, _, n) => sum + fpsOf(n), 0),
    faceWorkers: 2,
  };
}

import { join } from 'node:path';
import { asha, Campus, type KioskClient, looksOf } from '@latchkey/demo';
import { DoorPage, writeFilm } from '@latchkey/tests/browser';
import type { Bench } from './bench.js';
import { median, percentile, rounded } from './figures.pure.js';

const MEASURED_S = 20;
const PROGRAM_FRAMES = 40;
const DRAWN_BELOW_MS = 250;

/** What the page's performance timeline told while it was listened to. */
interface Told {
  readonly framesSent: number;
  readonly agesMs: readonly number[];
  readonly longTasksMs: readonly number[];
}

const LISTEN = `globalThis.told = { framesSent: 0, agesMs: [], longTasksMs: [] };
globalThis.listening = new PerformanceObserver((list) => {
  for (const { name, entryType, duration } of list.getEntries()) {
    if (entryType === 'longtask') told.longTasksMs.push(duration);
    else if (name === 'latchkey-frame') told.framesSent += 1;
    else if (name === 'latchkey-overlay') told.agesMs.push(duration);
  }
});
listening.observe({ entryTypes: ['measure', 'longtask'] });`;

/** Counts the CPU milliseconds of the page's main thread: for tasks of any kind, for scripts among them. */
async function watchMainThread(page: DoorPage) {
  const devtools = await page.browser.context.newCDPSession(page.page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    const secondsOf = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
    const [tasks, scripts] = [secondsOf('TaskDuration'), secondsOf('ScriptDuration')];
    return { tasks: tasks * 1_000, scripts: scripts * 1_000 };
  };
}

async function measurePage(door: DoorPage, progress: (share: number) => void) {
  await door.says(/Look at the camera|Welcome/);
  const busyMs = await watchMainThread(door);
  const before = await busyMs();
  await door.page.evaluate(LISTEN);
  for (let second = 1; second <= MEASURED_S; second++) {
    await door.page.waitForTimeout(1_000);
    progress(second / (MEASURED_S + 5));
  }
  const told = await door.page.evaluate<Told>('listening.disconnect(), told');
  const after = await busyMs();
  return { told, tasksMs: after.tasks - before.tasks, scriptsMs: after.scripts - before.scripts };
}

/** The same way for a frame of a kiosk that is a program: what of the age is not the page's. */
async function measureProgram(kiosk: KioskClient, frames: readonly Buffer[]): Promise<number[]> {
  const agesMs: number[] = [];
  for (let n = 0; n < PROGRAM_FRAMES; n++) {
    const frame = frames[n % frames.length];
    if (!frame) throw new Error('there is no frame to show');
    const began = performance.now();
    await kiosk.showFrame(frame);
    agesMs.push(performance.now() - began);
  }
  return agesMs;
}

/** The door's screen in Chromium, with somebody before the camera, beside a program that sends the same frames. */
export const kiosk: Bench = {
  name: 'kiosk',
  about:
    "the door's screen in Chromium at 8 frames a second: frames lost, overlay age, main thread",
  async run(progress) {
    await using campus = await Campus.start();
    const frames = await looksOf(asha.face);
    const film = join(campus.dataDir, 'looks.mjpeg');
    await writeFilm(film, [{ frames, seconds: 20 }]);
    const name = 'The bench';
    const token = await campus.gateway.createDoor('page', { name });
    const place = { door: 'page', name, token };
    const measured = await (async () => {
      await using door = await DoorPage.open(campus.stack.kioskUrl, { film }, place);
      return await measurePage(door, progress);
    })();
    await using program = await campus.door('program');
    const programAgesMs = await measureProgram(program, frames);
    progress(1);
    const { told, tasksMs, scriptsMs } = measured;
    const { framesSent, agesMs, longTasksMs } = told;
    const drawn = agesMs.filter((ms) => ms < DRAWN_BELOW_MS).length;
    return {
      ratio: rounded(median(agesMs) / median(programAgesMs)),
      framesPerSecond: rounded(framesSent / MEASURED_S),
      lostShare: rounded(Math.max(0, 1 - agesMs.length / framesSent)),
      overlayAgeMs: rounded(median(agesMs)),
      overlayAgeP95Ms: rounded(percentile(agesMs, 0.95)),
      drawnShare: rounded(drawn / agesMs.length),
      programAgeMs: rounded(median(programAgesMs)),
      mainThreadMsPerFrame: rounded(tasksMs / framesSent),
      scriptMsPerFrame: rounded(scriptsMs / framesSent),
      longTasks: longTasksMs.length,
      seconds: MEASURED_S,
    };
  },
};

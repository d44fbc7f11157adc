import { setTimeout as delay } from 'node:timers/promises';
import type { Health } from './health.js';

const EVERY_MS = 50;

/** Resolves once every check is true. @throws Error that names the checks that still are not after `timeoutMs`. */
export async function waitUntilReady(
  name: string,
  health: Health,
  timeoutMs = 30_000,
): Promise<void> {
  const deadlineMs = performance.now() + timeoutMs;
  for (;;) {
    const { ready, checks } = await health.readiness();
    if (ready) return;
    if (performance.now() > deadlineMs) {
      const open = Object.entries(checks).filter(([, answer]) => answer !== true);
      const reasons = open.map(([check, answer]) => `${check}: ${String(answer)}`).join('; ');
      throw new Error(`${name} is not ready after ${timeoutMs} ms: ${reasons}`);
    }
    await delay(EVERY_MS);
  }
}

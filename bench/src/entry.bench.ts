import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { buckets, codesObserved } from '@latchkey/contracts';
import { RegistryServiceService } from '@latchkey/contracts/grpc';
import { callUnary, openBucket, publishEvent } from '@latchkey/runtime';
import { z } from 'zod';
import type { Bench } from './bench.js';
import { median, percentile, rounded } from './figures.pure.js';
import { SimulatedCampus } from './simulated-campus.js';

const DOORS = 20;
const ROUNDS = 4;
const LOOK_EVERY_MS = 40;
/** A door is idle again when nobody was there for 2 s after an outcome. */
const UNTIL_IDLE_MS = 3_000;
const PART_RUNS = 60;

const doorOf = (n: number) => `door-${n}`;
const personOf = (n: number) => `person-${n}`;

async function timed(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await run();
  return performance.now() - began;
}

async function lookUntilIdentified(campus: SimulatedCampus, n: number): Promise<void> {
  const stop = new AbortController();
  const identified = campus.next('identified', doorOf(n)).finally(() => stop.abort());
  const looking = (async () => {
    while (!stop.signal.aborted) {
      await campus.face(doorOf(n), personOf(n));
      await delay(LOOK_EVERY_MS);
    }
  })();
  await Promise.all([identified, looking]);
}

/** From the code's observation published to the stored grant heard by a lock's relay. */
async function showCode(campus: SimulatedCampus, n: number): Promise<number> {
  const opened = campus.next('open', doorOf(n));
  const began = performance.now();
  await campus.show(doorOf(n), personOf(n));
  return (await opened).atMs - began;
}

/** What an entry is made of, each alone: a stored observation, the door's compare-and-set, the registry's write. */
async function measureParts(campus: SimulatedCampus): Promise<Record<string, number>> {
  const scratch = await openBucket(campus.bus, buckets.gathering, z.object({ n: z.number() }));
  let revision = await scratch.put('bench', { n: 0 });
  const parts = {
    observationStored: () =>
      timed(() => {
        const [id, data] = [randomUUID(), { ...codesObserved.example, door: 'nowhere' }];
        const event = { id, correlationId: id, data };
        return publishEvent(campus.bus, codesObserved, { door: 'nowhere' }, event);
      }),
    doorWritten: () =>
      timed(async () => {
        revision = Number(await scratch.update('bench', { n: revision }, revision));
      }),
    codeUsedUp: () => useCode(campus),
  };
  const medians: Record<string, number> = {};
  for (const [name, run] of Object.entries(parts)) {
    const times: number[] = [];
    for (let i = 0; i < PART_RUNS; i++) times.push(await run());
    medians[name] = median(times);
  }
  await scratch.delete('bench');
  return medians;
}

/** One `UseCode` straight to the registry; the next code is waited for, but not timed. */
async function useCode(campus: SimulatedCampus): Promise<number> {
  const [door, person] = [doorOf(0), personOf(0)];
  const [frame, capturedAt] = [randomUUID(), Math.round(campus.bus.nowMs())];
  const before = campus.codeOf(person) ?? '';
  const sealed = campus.sealCode(before, { door, frame, capturedAt });
  const attempt = randomUUID();
  const facts = { attempt, door, candidates: [person], sealed, frame, capturedAt };
  const request = { ...facts, notAfter: capturedAt + 2_000, waitsSince: capturedAt };
  const ms = await timed(async () => {
    const call = { deadlineMs: 2_000, correlationId: attempt };
    const { useCode: method } = RegistryServiceService;
    const { outcome } = await callUnary(campus.registry.asAuth, method, request, call);
    if (outcome !== 'granted') throw new Error(`the registry answered ${outcome}`);
  });
  while (campus.codeOf(person) === before) await delay(1);
  return ms;
}

/**
 * An entry behind the cameras, on the real broker, registry and two auth replicas, with played observations: how long from
 * a code's observation to the stored grant, beside the sum of its parts in the same run; and entries a second when all
 * doors are used at once.
 */
export const entry: Bench = {
  name: 'entry',
  about: 'code observed → grant stored, beside its parts; whole entries a second over many doors',
  async run(progress) {
    await using campus = await SimulatedCampus.start();
    for (let n = 0; n < DOORS; n++) {
      await campus.createDoor(doorOf(n));
      await campus.enrol(personOf(n), n);
    }
    const all = Array.from({ length: DOORS }, (_, n) => n);
    await delay(1_000); // the doors' policies reach auth
    const latencies: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      for (const n of all) {
        await lookUntilIdentified(campus, n);
        latencies.push(await showCode(campus, n));
        progress((round * DOORS + n) / ((ROUNDS + 1) * DOORS));
      }
      await delay(UNTIL_IDLE_MS);
    }
    const together = await timed(() =>
      Promise.all(
        all.map(async (n) => {
          await lookUntilIdentified(campus, n);
          await showCode(campus, n);
        }),
      ),
    );
    const parts = await measureParts(campus);
    // The door is written twice: before the registry is asked, and with its answer. The grant is stored like the observation.
    const sumMs =
      2 * (parts['observationStored'] ?? 0) +
      2 * (parts['doorWritten'] ?? 0) +
      (parts['codeUsedUp'] ?? 0);
    progress(1);
    return {
      ratio: rounded(median(latencies) / sumMs),
      medianMs: rounded(median(latencies)),
      p95Ms: rounded(percentile(latencies, 0.95)),
      partsMs: rounded(sumMs),
      parts: Object.fromEntries(Object.entries(parts).map(([name, ms]) => [name, rounded(ms)])),
      entries: latencies.length,
      entriesPerSecondTogether: rounded((DOORS * 1_000) / together),
      doors: DOORS,
    };
  },
};

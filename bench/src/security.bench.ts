import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openingText } from '@latchkey/contracts';
import { initKeys } from '@latchkey/devstack';
import { loadSigner, open, seal } from '@latchkey/runtime';
import { createFaceAnalyser, loadModelPack } from '@latchkey/vision';
import type { Bench } from './bench.js';
import { echoTimes } from './echo.js';
import { median, rounded } from './figures.pure.js';
import { oneFaceFrame, withFolder } from './scene.js';

const ROUNDS = 200;
const LOOKS = 12;

/** For one entry: a code is sealed by qr and opened by the registry, the next one sealed and opened for notify, a grant signed, a call under TLS. */
export const security: Bench = {
  name: 'security',
  about:
    'sealing, signing and TLS for one entry, beside the time that a face worker looks at a frame',
  run: (progress) => withFolder((folder) => measure(join(folder, 'keys'), progress)),
};

async function measure(
  keysDir: string,
  progress: (share: number) => void,
): Promise<Record<string, unknown>> {
  await initKeys(keysDir);
  const publicKey = (await readFile(join(keysDir, 'registry.pub'), 'utf8')).trim();
  const seed = (await readFile(join(keysDir, 'registry.seed'), 'utf8')).trim();
  const signer = await loadSigner(keysDir, 'auth');
  const shown = JSON.stringify({ text: `LK1.${'A'.repeat(22)}`, door: 'north', capturedAt: 1 });
  const sealed = seal(publicKey, shown);
  const sealMs = medianOf(ROUNDS, () => seal(publicKey, shown));
  const openMs = medianOf(ROUNDS, () => open(seed, sealed));
  progress(0.4);
  const opening = { door: 'north', id: 'attempt:outcome', expiresAt: 1_790_000_000_000 };
  const signMs = medianOf(ROUNDS, () => signer.sign(openingText(opening)));
  const plainMs = median(await echoTimes(ROUNDS, undefined));
  const tlsMs = median(await echoTimes(ROUNDS, keysDir));
  progress(0.5);
  const lookMs = await lookTime(progress);
  // Once for the code that is shown, once for the next one that is mailed.
  const entryMs = 2 * (sealMs + openMs) + signMs + Math.max(0, tlsMs - plainMs);
  return {
    securityPerLook: rounded(entryMs / lookMs),
    sealPerLook: rounded(sealMs / lookMs),
    openPerLook: rounded(openMs / lookMs),
    signPerLook: rounded(signMs / lookMs),
    tlsPerPlainCall: rounded(tlsMs / plainMs),
    entryMs: rounded(entryMs),
    lookMs: rounded(lookMs),
  };
}

function medianOf(rounds: number, act: () => unknown): number {
  return median(Array.from({ length: rounds }, () => timed(act)));
}

function timed(act: () => unknown): number {
  const begunMs = performance.now();
  act();
  return performance.now() - begunMs;
}

async function lookTime(progress: (share: number) => void): Promise<number> {
  const analyser = createFaceAnalyser(await loadModelPack());
  const jpeg = await oneFaceFrame();
  await analyser.analyse(jpeg);
  const times: number[] = [];
  for (let n = 0; n < LOOKS; n += 1) {
    const begunMs = performance.now();
    await analyser.analyse(jpeg);
    times.push(performance.now() - begunMs);
    progress(0.5 + (n + 1) / LOOKS / 2);
  }
  return median(times);
}

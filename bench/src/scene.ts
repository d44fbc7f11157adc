import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { doorFrame, samplePeople } from '@latchkey/vision/samples';

/** A door frame with one clean face: a JPEG of 640 × 480 px, the same bytes on every call. */
export function oneFaceFrame(): Promise<Buffer> {
  const [person] = samplePeople().filter(({ kind }) => kind === 'clean');
  if (!person) throw new Error('there is no clean sample face');
  return doorFrame(person);
}

/** Runs with a folder of its own, which goes with the run. */
export async function withFolder<Result>(
  run: (dataDir: string) => Promise<Result>,
): Promise<Result> {
  const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-bench-'));
  try {
    return await run(dataDir);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

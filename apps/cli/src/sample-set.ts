import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  enrolmentSamples,
  probeFrames,
  SECOND_PHOTOGRAPH,
  samplePeople,
} from '@latchkey/vision/samples';

/** Every third is a stranger to the gallery. */
const STRANGER_EVERY = 3;

/** What the sample set is, and what figures of it are worth. */
export const SAMPLE_SET =
  'the 22 faces in the six sample photographs of npm @vladmandic/face-api 1.7.15 (MIT), each varied as a door sees it: so few, and so alike with themselves, that they tell whether the pipeline is whole, not how often it errs on a campus';

/**
 * Writes all sample faces as `latchkey evaluate` takes them: `pairs.csv` of each person's first sample with everybody's probes
 * in `faces`; `enrol` and `probe`, a folder per person, in which every third is a stranger.
 */
export async function writeSampleSet(folder: string): Promise<void> {
  const put = async (path: string, bytes: Uint8Array | string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  };
  const looks: { person: string; sample: string; probes: string[] }[] = [];
  for (const [at, one] of samplePeople().entries()) {
    const person = personOf(one.id);
    const samples = await enrolmentSamples(one);
    const probes = await probeFrames(one);
    const look = {
      person,
      sample: `${at}-sample.jpg`,
      probes: probes.map((_, n) => `${at}-${n}.jpg`),
    };
    await put(`faces/${look.sample}`, samples[0] ?? '');
    for (const [n, probe] of probes.entries()) {
      await put(`faces/${look.probes[n]}`, probe);
      await put(`probe/${person}/${at}-${n}.jpg`, probe);
    }
    looks.push(look);
    if (person !== one.id || at % STRANGER_EVERY === STRANGER_EVERY - 1) continue;
    for (const [n, sample] of samples.entries()) await put(`enrol/${person}/${n}.jpg`, sample);
  }
  const pairs = looks.flatMap(({ person, sample }) =>
    looks.flatMap((other) =>
      other.probes.map((probe) => `${sample},${probe},${person === other.person ? 'Yes' : 'No'}`),
    ),
  );
  await put('pairs.csv', ['a,b,same', ...pairs].join('\n'));
}

/** Who is in a sample picture, by that picture's id: one person is in two photographs. */
export function personOf(picture: string): string {
  return picture === SECOND_PHOTOGRAPH.second ? SECOND_PHOTOGRAPH.first : picture;
}

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { enrolmentSamples, probeFrames, samplePeople } from '@latchkey/vision/samples';
import { Command } from 'commander';

async function writeSamples(folder: string): Promise<void> {
  const people = samplePeople().filter(({ kind }) => kind === 'clean');
  for (const person of people) {
    const own = join(folder, person.id);
    await mkdir(own, { recursive: true });
    const pictures = {
      sample: await enrolmentSamples(person),
      probe: await probeFrames(person),
    };
    for (const [kind, jpegs] of Object.entries(pictures)) {
      for (const [i, jpeg] of jpegs.entries())
        await writeFile(join(own, `${kind}-${i + 1}.jpg`), jpeg);
    }
    process.stderr.write(`${own}\n`);
  }
}

/** `latchkey samples`: faces to try Latchkey with, for those who have no camera at hand. */
export function samplesCommand(): Command {
  return new Command('samples')
    .description(
      'write sample faces to try Latchkey with: per person five samples and three probes',
    )
    .argument('<folder>', 'where to write them')
    .action(writeSamples);
}

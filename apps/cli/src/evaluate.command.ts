import { writeFile } from 'node:fs/promises';
import type { Evaluated } from '@latchkey/contracts';
import {
  CODE_BUDGET_MS,
  createCodeReader,
  createFaceAnalyser,
  type FaceAnalyser,
  loadModelPack,
} from '@latchkey/vision';
import { Command, InvalidArgumentError } from 'commander';
import { evaluateCodes } from './evaluate-codes.js';
import { evaluateFaces } from './evaluate-faces.js';
import { measurePresentations } from './evaluate-presentations.js';
import { report } from './evaluate-report.js';
import { keepEvaluation } from './keep-evaluation.js';
import { evaluateGallery, evaluateLiveness } from './evaluate-search.js';
import { detPlot, livenessPlot } from './figures/plots.pure.js';
import { presentationFigures } from './figures/presentations.pure.js';

/** `latchkey evaluate`: the report card of the pipeline on anyone's own pictures. */
export function evaluateCommand(): Command {
  const command = new Command('evaluate').description(
    'measure the face and code pipeline on your own pictures; figures on stdout, progress on stderr',
  );
  command.addCommand(facesCommand());
  command.addCommand(galleryCommand());
  command.addCommand(livenessCommand());
  command.addCommand(codesCommand());
  return command;
}

function facesCommand(): Command {
  return withCommon('faces')
    .description(
      'tell pairs of pictures apart (1:1): the largest face of each counts; a pair with a face that is not found counts as a similarity of -1',
    )
    .requiredOption('--pairs <file.csv>', 'a header, then "file a,file b,Yes|No" a line (required)')
    .requiredOption('--images <dir>', 'where the files of the pairs lie (required)')
    .option('--aligned', 'the pictures are 112x112 px crops, aligned already', false)
    .option(...PLOT)
    .action((options: { pairs: string; images: string; aligned: boolean } & Common & Plotted) =>
      withAnalyser('faces', options, async (analyser) => {
        const { figures, scored } = await evaluateFaces(analyser, options);
        const scores = (isOne: boolean) =>
          scored.filter(({ same }) => same === isOne).map(({ similarity }) => similarity);
        await plot(options, () => detPlot({ genuine: scores(true), impostor: scores(false) }));
        return figures;
      }),
    );
}

function galleryCommand(): Command {
  return withCommon('gallery')
    .description(
      'find people among the enrolled (1:N): a folder per person; a probe folder with no enrol folder is a stranger, for whom unknown is right',
    )
    .requiredOption('--enrol <dir>', 'a folder per person with the pictures to enrol (required)')
    .requiredOption(
      '--probe <dir>',
      'a folder per person with the pictures to search for (required)',
    )
    .action((options: { enrol: string; probe: string } & Common) =>
      withAnalyser('gallery', options, (analyser) => evaluateGallery(analyser, options)),
    );
}

function livenessCommand(): Command {
  return withCommon('liveness')
    .description(
      'tell living people from pictures of them (ISO/IEC 30107-3), the largest face of each picture; all intervals are 95 %',
    )
    .option('--live <dir>', 'pictures of living people, at any depth')
    .option('--spoof <dir>', 'pictures of prints, screens and masks, at any depth')
    .option(
      '--samples',
      'instead of your own: prints, phones and screens rendered from the sample pictures, without a challenge and with one',
      false,
    )
    .option(...PLOT)
    .action(async (options: LivenessOptions) => {
      const { live, spoof, samples } = options;
      if (samples) {
        await withAnalyser('liveness', options, async (analyser) => {
          const judged = await measurePresentations(analyser);
          await plot(options, () => livenessPlot(judged));
          return presentationFigures(judged);
        });
      } else if (live !== undefined && spoof !== undefined) {
        await withAnalyser('liveness', options, async (analyser) => {
          const { figures, judged } = await evaluateLiveness(analyser, { live, spoof });
          await plot(options, () => livenessPlot(judged));
          return figures;
        });
      } else throw new InvalidArgumentError('expected --live and --spoof, or --samples');
    });
}

type LivenessOptions = Common & Plotted & { live?: string; spoof?: string; samples: boolean };

/** Where a plot goes, for those who would rather look. */
interface Plotted {
  readonly plot?: string;
}

const PLOT = [
  '--plot <file.svg>',
  'also write the curves over all thresholds, as a picture',
] as const;

async function plot({ plot: file }: Plotted, draw: () => string): Promise<void> {
  if (file === undefined) return;
  await writeFile(file, draw());
  process.stderr.write(`drawn in ${file}\n`);
}

function codesCommand(): Command {
  return withOutput(new Command('codes'))
    .description(
      'read QR codes in pictures of any format; msMedian is the time to read, decoding the picture left out',
    )
    .requiredOption('--images <dir>', 'pictures, at any depth (required)')
    .option(
      '--budget-ms <ms>',
      'begin no further try on a picture after this long; at a door it is LK_QR_BUDGET_MS, with the same default',
      positive,
      CODE_BUDGET_MS,
    )
    .action(async (options: { images: string; budgetMs: number } & Output) => {
      await tell('codes', await evaluateCodes(await createCodeReader(), options), null, options);
    });
}

/** Where a report goes. */
interface Output {
  readonly json: boolean;
  readonly keep: boolean;
}

interface Common extends Output {
  readonly models?: string;
}

function withCommon(name: string): Command {
  return withOutput(new Command(name)).option(
    '--models <dir>',
    'a model pack other than the one shipped: a folder with a manifest.json',
  );
}

function withOutput(command: Command): Command {
  return command
    .option('--json', 'one line of JSON instead of a table', false)
    .option('--keep', 'also keep the figures, in LK_DATA_DIR, for the console to show', false);
}

async function withAnalyser(
  what: Evaluated,
  options: Common,
  work: (analyser: FaceAnalyser) => Promise<object>,
): Promise<void> {
  const pack = await loadModelPack(options.models);
  try {
    await tell(what, await work(createFaceAnalyser(pack)), pack.id, options);
  } finally {
    await pack.close();
  }
}

async function tell(
  what: Evaluated,
  figures: object,
  pack: string | null,
  { json, keep }: Output,
): Promise<void> {
  report(figures, json);
  if (keep) process.stderr.write(`kept in ${await keepEvaluation(what, figures, pack)}\n`);
}

function positive(value: string): number {
  const number = Number(value);
  if (!(number > 0)) throw new InvalidArgumentError('expected a number above 0');
  return number;
}

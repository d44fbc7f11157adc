/** Everything that is killed, by what reads in the table; the names are the supervisor's. */
export const things = {
  registry: ['registry'],
  notify: ['notify'],
  'face-1': ['face-1'],
  'face-2': ['face-2'],
  'both face workers': ['face-1', 'face-2'],
  qr: ['qr-1'],
  'one auth': ['auth-1'],
  'both auths': ['auth-1', 'auth-2'],
  capture: ['capture'],
  gateway: ['gateway'],
  broker: 'broker',
} as const satisfies Record<string, readonly string[] | 'broker'>;
export type Thing = keyof typeof things;

/** Where an entry stands when it happens. */
export const steps = [
  'idle',
  'identifying',
  'awaiting code',
  'checking code',
  'granted',
  'mail under way',
  'mail taken',
] as const;
export type Step = (typeof steps)[number];

export interface Cell {
  readonly step: Step;
  readonly thing: Thing;
}

/** How the attempt of a cell ended; `resent`: mails that came once more, under the same Message-ID. */
export interface Ended extends Cell {
  readonly outcome: string;
  readonly resent: number;
}

const allThings = Object.keys(things) as Thing[];

/** Step by step, so that no program is killed again before it has lived for a while. */
export const allCells: readonly Cell[] = steps.flatMap((step) =>
  allThings.map((thing) => ({ step, thing })),
);

/** Every thing and every step at least once, each thing where it hurts most. */
export const fewCells: readonly Cell[] = [
  { step: 'idle', thing: 'face-1' },
  { step: 'idle', thing: 'gateway' },
  { step: 'identifying', thing: 'both face workers' },
  { step: 'identifying', thing: 'face-2' },
  { step: 'awaiting code', thing: 'qr' },
  { step: 'awaiting code', thing: 'capture' },
  { step: 'checking code', thing: 'registry' },
  { step: 'checking code', thing: 'one auth' },
  { step: 'granted', thing: 'both auths' },
  { step: 'granted', thing: 'broker' },
  { step: 'mail under way', thing: 'notify' },
  { step: 'mail taken', thing: 'notify' },
];

/** The outcomes as a Markdown table, a row a thing, a column a step. */
export function markdownTable(ended: readonly Ended[]): string {
  const text = (thing: Thing, step: Step) => {
    const found = ended.find((one) => one.thing === thing && one.step === step);
    if (!found) return '–';
    return found.resent === 0 ? found.outcome : `${found.outcome}, ${found.resent} resent`;
  };
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    row(['killed', ...steps]),
    row(['---', ...steps.map(() => '---')]),
    ...allThings.map((thing) => row([thing, ...steps.map((step) => text(thing, step))])),
  ].join('\n');
}

import type { Box } from '../picture.js';

/** What a door sees in this person's frames, as the shipped models judge it. */
export type SampleKind =
  /** One face, live: can be enrolled and recognised. */
  | 'clean'
  /** One face which the liveness model refuses. */
  | 'not-live'
  /** One live face with its eyes shut or looking down: recognised, but no sample. */
  | 'eyes-shut'
  /** One face of which the liveness model is unsure: now live, now not. */
  | 'unsteady';

/** A person in the sample pictures of npm `@vladmandic/face-api` (its folder `demo`, MIT). */
export interface SamplePerson {
  /** Picture and left edge of the face in it, in pixels: `sample3@1075`. */
  readonly id: string;
  /** File in the package's demo folder. */
  readonly picture: string;
  readonly box: Box;
  readonly kind: SampleKind;
  /** Width of this person's door frames, in widths of the face. */
  readonly frameWidths: number;
}

const face = (
  picture: number,
  left: number,
  [x, y, width, height]: readonly [number, number, number, number],
  kind: SampleKind,
  frameWidths: number,
): SamplePerson => ({
  id: `sample${picture}@${left}`,
  picture: `sample${picture}.jpg`,
  box: { x, y, width, height },
  kind,
  frameWidths,
});

/** All 22 faces; sample1@1455 and sample3@1075 are one person in two photographs. */
export const SAMPLE_PEOPLE: readonly SamplePerson[] = [
  face(1, 413, [413, 353, 191, 241], 'clean', 3),
  face(1, 824, [824, 422, 215, 232], 'eyes-shut', 3),
  face(1, 1455, [1455, 221, 234, 213], 'clean', 3),
  face(2, 364, [364, 124, 166, 292], 'not-live', 3.8),
  face(2, 891, [891, 221, 170, 240], 'not-live', 2.6),
  face(2, 1445, [1445, 158, 202, 235], 'eyes-shut', 2.6),
  face(3, 593, [593, 320, 201, 277], 'clean', 3),
  face(3, 1075, [1073, 206, 233, 310], 'clean', 5),
  face(3, 1504, [1504, 300, 183, 276], 'clean', 3),
  face(4, 267, [267, 195, 156, 254], 'clean', 3.8),
  face(4, 661, [661, 65, 187, 249], 'clean', 3),
  face(4, 992, [992, 181, 172, 250], 'eyes-shut', 3.8),
  face(4, 1264, [1264, 163, 156, 231], 'unsteady', 4.3),
  face(5, 378, [378, 871, 181, 301], 'clean', 3.4),
  face(5, 610, [610, 407, 161, 274], 'clean', 4.3),
  face(5, 796, [796, 118, 152, 206], 'clean', 4.3),
  face(5, 1114, [1114, 208, 163, 221], 'clean', 3.4),
  face(5, 1414, [1414, 390, 178, 274], 'unsteady', 3.4),
  face(6, 259, [259, 486, 208, 278], 'clean', 3.8),
  face(6, 674, [674, 320, 178, 309], 'not-live', 3.8),
  face(6, 1167, [1167, 310, 197, 270], 'clean', 5),
  face(6, 1480, [1480, 252, 221, 301], 'clean', 3.4),
];

/** The people of one kind, in the pictures' order. */
export function samplePeople(kind?: SampleKind): readonly SamplePerson[] {
  return kind ? SAMPLE_PEOPLE.filter((person) => person.kind === kind) : SAMPLE_PEOPLE;
}

/** The person of that id. @throws Error if there is none */
export function samplePerson(id: string): SamplePerson {
  const person = SAMPLE_PEOPLE.find((candidate) => candidate.id === id);
  if (!person)
    throw new Error(
      `no sample person "${id}"; there are ${SAMPLE_PEOPLE.map((one) => one.id).join(', ')}`,
    );
  return person;
}

/** One person in two photographs, taken at different times: similarity about 0.7. */
export const SECOND_PHOTOGRAPH = { first: 'sample3@1075', second: 'sample1@1455' } as const;

/** People who are somewhat alike: never one another's stranger (similarity 0.47). */
export const LOOKALIKES = ['sample1@824', 'sample4@267'] as const;

/** Clean people that all are someone else: who to enrol, and strangers to them. */
export function distinctPeople(): readonly SamplePerson[] {
  return samplePeople('clean').filter((person) => person.id !== SECOND_PHOTOGRAPH.second);
}

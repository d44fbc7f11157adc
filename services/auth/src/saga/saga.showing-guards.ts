/** A guard of the saga: where it stands, what stands there without it, and which promise is then seen to break. */
export interface Guard {
  readonly says: string;
  readonly file: string;
  /** Found once in the file. */
  readonly text: string;
  readonly without: string;
  readonly breaks: string;
}

/** What keeps one showing of a code from counting twice. */
export const showingGuards: readonly Guard[] = [
  {
    says: 'a showing that was asked about has counted',
    file: 'steps.pure.ts',
    text: 'const showings = counted(c.showings, held.tag);',
    without: 'const { showings } = c;',
    breaks: 'one showing counted twice',
  },
  {
    says: 'a showing goes on while its code is seen again',
    file: 'showings.pure.ts',
    text: "if (known.stage === 'over') return begins",
    without: 'if (begins) return begins',
    breaks: 'one showing counted twice',
  },
  {
    says: 'a showing goes on while nobody looks for its code',
    file: 'showings.pure.ts',
    text: 'if (known.missedAt === null) return { ...known, missedAt: at };',
    without: 'if (known.missedAt === null) return { ...known, missedAt: known.seenAt };',
    breaks: 'one showing counted twice',
  },
  {
    says: 'a code that was missed for less than a second is not away',
    file: 'showings.pure.ts',
    text: 'if (at - known.missedAt < limits.showingEndsMs) return known;',
    without: '',
    breaks: 'one showing counted twice',
  },
  {
    says: 'that second is a second',
    file: 'limits.ts',
    text: 'showingEndsMs: 1_000,',
    without: 'showingEndsMs: 700,',
    breaks: 'one showing counted twice',
  },
  {
    says: 'a code that is seen in between was not missed all the time',
    file: 'showings.pure.ts',
    text: 'camera: seen.camera, seenAt: seen.capturedAt, missedAt: null };',
    without: 'camera: seen.camera, seenAt: seen.capturedAt };',
    breaks: 'one showing counted twice',
  },
  {
    says: 'only the camera that saw a code can miss it',
    file: 'showings.pure.ts',
    text: 'camera !== known.camera || ',
    without: '',
    breaks: 'one showing counted twice',
  },
  {
    says: 'what was captured before a look that saw the code does not miss it',
    file: 'showings.pure.ts',
    text: ' || at <= known.seenAt) return known;',
    without: ') return known;',
    breaks: 'one showing counted twice',
  },
  {
    says: 'a showing that has counted is not fresh',
    file: 'showings.pure.ts',
    text: "known.stage === 'fresh' && ",
    without: '',
    breaks: 'one showing counted twice',
  },
  {
    says: 'a spent code that is held up does not count in the next attempt',
    file: 'showings.pure.ts',
    text: "stage === 'spent' || stage === 'over'",
    without: "stage === 'over'",
    breaks: 'a spent code counted while it was held up',
  },
  {
    says: 'a code that opened the door is spent',
    file: 'outcomes.pure.ts',
    text: 'return withDuress(c, { ...settled, showings: spent(c.showings) });',
    without: 'return withDuress(c, settled);',
    breaks: 'a spent code counted while it was held up',
  },
  {
    says: 'a code that was wrong is spent',
    file: 'steps.pure.ts',
    text: 'showings: spent(c.showings),',
    without: '',
    breaks: 'a spent code counted while it was held up',
  },
  {
    says: 'the last wrong code is spent',
    file: 'outcomes.pure.ts',
    text: 'return { ...denied, showings: spent(c.showings) };',
    without: 'return denied;',
    breaks: 'a spent code counted while it was held up',
  },
];

import { randomBytes, randomUUID } from 'node:crypto';
import {
  type ChallengeAct,
  type CodesObserved,
  type FacesObserved,
  type ObservedFace,
  shortTypeOf,
} from '@latchkey/contracts';
import { step } from './saga.step.pure.js';
import type { CodeAnswer, Door, DoorRules, Effect, EffectOf, Input } from './saga.types.js';

/** A door's rules as a site would set them. */
export const rules: DoorRules = {
  liveness: 'passive',
  livenessThreshold: 0.5,
  matchThreshold: 0.6,
  codeWaitS: 30,
  outOfService: false,
};

/** A usable, live face; `who`: whom it resembles, best first. */
export function face(who: readonly string[], facts: Partial<ObservedFace> = {}): ObservedFace {
  return {
    box: { x: 200, y: 100, width: 180, height: 220 },
    detection: 0.99,
    quality: 0.9,
    usable: true,
    liveness: 0.97,
    eyesOpen: 1,
    yawDeg: 0,
    candidates: who.map((person, at) => ({ person, score: 0.7 - at / 100 })),
    clear: who.length === 1,
    ...facts,
  };
}

/** A face that is someone's by the size of the gallery, but less alike than the door asks for. */
export function faintly(who: readonly string[]): ObservedFace {
  return face(who, { candidates: who.map((person) => ({ person, score: 0.55 })) });
}

type Seen = Pick<
  FacesObserved,
  'door' | 'camera' | 'frame' | 'capturedAt' | 'widthPx' | 'heightPx'
>;

function seenAt(capturedAt: number): Seen {
  const frame = randomUUID();
  return { door: 'north', camera: 'main', frame, capturedAt, widthPx: 640, heightPx: 480 };
}

/** What face observes. */
export function faces(
  capturedAt: number,
  list: readonly ObservedFace[],
  facts: Partial<FacesObserved> = {},
): FacesObserved {
  const seen = seenAt(capturedAt);
  const snapshot = `north.${seen.frame}`;
  const picture = randomBytes(8).toString('base64url');
  return { ...seen, faces: [...list], threshold: 0.4, snapshot, picture, ...facts };
}

/** What qr observes; a tag `null` is a code of another kind. */
export function codes(
  capturedAt: number,
  tags: readonly (string | null)[],
  facts: Partial<CodesObserved> = {},
): CodesObserved {
  const box = { x: 250, y: 160, width: 140, height: 140 };
  const shown = tags.map((tag) =>
    tag === null
      ? ({ kind: 'foreign', box } as const)
      : ({ kind: 'latchkey', sealed: 'c2VhbGVk', tag: tag.padEnd(22, 'A'), box } as const),
  );
  return { ...seenAt(capturedAt), codes: shown, ...facts };
}

/** What the registry answers, but for what `facts` says. */
export function answer(
  outcome: CodeAnswer['outcome'],
  facts: Partial<CodeAnswer> = {},
): CodeAnswer {
  const counts = { wrongCount: 0, remaining: 0 };
  const blank = { person: null, ...counts, lockedUntil: null, notBefore: null, used: false };
  return { outcome, ...blank, duress: false, ...facts };
}

/** A door at rest at that moment, its owed effects kept in order. */
export class Scene {
  door: Door;
  now = 1_790_000_000_000;
  /** All that was owed so far. */
  owed: Effect[] = [];
  /** What the lot falls on. */
  freshAct: ChallengeAct = 'turn-left';
  #codesFrame = codes(this.now, []);

  constructor(facts: Partial<DoorRules> = {}) {
    const state = { kind: 'idle', since: this.now } as const;
    this.door = {
      id: 'north',
      rules: { ...rules, ...facts },
      policyRevision: 1,
      showings: [],
      state,
    };
  }

  /** Lets time pass, and what is due happen. */
  wait(ms: number): this {
    this.now += ms;
    return this.tell({ on: 'due' });
  }

  tell(input: Input): this {
    const next = step(this.door, input, this.now);
    this.door = next.door;
    this.owed.push(...next.effects);
    return this;
  }

  /** A frame with that face, a quarter of a second after the last. */
  sees(who: readonly string[] | null, facts: Partial<ObservedFace> = {}): this {
    this.wait(250);
    const list = who === null ? [] : [face(who, facts)];
    return this.hears(faces(this.now, list));
  }

  hears(seen: FacesObserved): this {
    const freshAttempt = randomUUID();
    return this.tell({ on: 'faces', seen, freshAttempt, freshAct: this.freshAct });
  }

  /** Several such frames. */
  seesTimes(times: number, who: readonly string[] | null, facts?: Partial<ObservedFace>): this {
    for (let at = 0; at < times; at++) this.sees(who, facts);
    return this;
  }

  /** A frame with those codes; its face is told of by `sees` or `facesOf`. */
  showsOnly(...tags: (string | null)[]): this {
    this.now += 50;
    this.#codesFrame = codes(this.now, tags);
    return this.tell({ on: 'codes', seen: this.#codesFrame });
  }

  /** What face observes in the last frame that showed codes, as always a little later than qr. */
  facesOf(list: readonly ObservedFace[]): this {
    const { frame, capturedAt } = this.#codesFrame;
    return this.hears(faces(capturedAt, list, { frame }));
  }

  /** Looks without any code, four a second, for so long. */
  missesFor(ms: number): this {
    for (const until = this.now + ms; this.now < until; ) this.sees(['ada']).looks();
    return this;
  }

  /** A look for codes in a frame of now that finds those. */
  looks(...tags: string[]): this {
    return this.tell({ on: 'codes', seen: codes(this.now, tags) });
  }

  /** Somebody holds up those codes; no face can be seen in that frame, so the one before it counts. */
  shows(...tags: (string | null)[]): this {
    return this.showsOnly(...tags).facesOf([]);
  }

  /** A change of the door's policy, newer than all before it unless its revision is given. */
  ruledBy(changed: DoorRules | null, revision = this.door.policyRevision + 1): this {
    return this.tell({ on: 'policy', rules: changed, revision, isRead: false });
  }

  answers(outcome: CodeAnswer['outcome'], facts: Partial<CodeAnswer> = {}): this {
    const { attempt, frame } = this.question();
    return this.tell({ on: 'code-checked', attempt, frame, answer: answer(outcome, facts) });
  }

  givesNoAnswer(): this {
    const { attempt, frame } = this.question();
    return this.tell({ on: 'no-answer', attempt, frame });
  }

  /** The latest question to the registry. */
  question(): EffectOf<'use-code'> {
    const last = this.owed.findLast((one) => one.do === 'use-code');
    if (!last) throw new Error('nothing was asked of the registry');
    return last;
  }

  get questions(): number {
    return this.owed.filter((one) => one.do === 'use-code').length;
  }

  /** Types of the events so far, without their common beginning: `access.started`. */
  get told(): string[] {
    return this.events.map((one) => shortTypeOf(one.type));
  }

  get events(): EffectOf<'publish'>[] {
    return this.owed.filter((one) => one.do === 'publish');
  }

  /** The data of the last event whose type ends so. */
  data(type: string): Record<string, unknown> {
    return this.events.findLast((one) => one.type.endsWith(type))?.data ?? {};
  }

  get shown(): EffectOf<'show'>['display'] | undefined {
    return this.owed.findLast((one) => one.do === 'show')?.display;
  }

  get state(): Door['state']['kind'] {
    return this.door.state.kind;
  }
}

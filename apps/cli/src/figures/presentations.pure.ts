import type { ChallengeAct } from '@latchkey/contracts';
import { challengeAct } from '@latchkey/contracts';
import { LIVE_THRESHOLD } from '@latchkey/vision';
import { wilson } from '../wilson.pure.js';
import { AGREE } from './attempt.pure.js';
import { byPerson } from './bootstrap.pure.js';

/** A presentation as it was judged: an attack of some kind, or `live`. */
export interface JudgedPresentation {
  readonly kind: string;
  readonly person: string;
  /** How near or large it was. */
  readonly scale: number;
  /** Liveness of each of its frames, 0..1; 0 where no face was found. */
  readonly lives: readonly number[];
  /** The acts of a challenge that it showed. */
  readonly acts: readonly ChallengeAct[];
}

/** Figures of one kind, flat so that they can be kept. */
export type KindFigures = Readonly<Record<string, number | null>>;

export interface PresentationsReport {
  readonly [figure: string]: number | KindFigures;
}

/**
 * APCER of each kind of attack, by passive liveness alone and with a challenge on top, and BPCER (ISO/IEC 30107-3). A
 * presentation passes passive liveness where 3 of its 5 frames are live; with a challenge where it also shows the act that is
 * asked for. `all`: the kinds as if each were as frequent, and the share of them that is refused.
 */
export function presentationFigures(judged: readonly JudgedPresentation[]): PresentationsReport {
  const kinds = [...new Set(judged.map(({ kind }) => kind))].filter((kind) => kind !== 'live');
  const of = (kind: string) => judged.filter((one) => one.kind === kind);
  const attacks = judged.filter(({ kind }) => kind !== 'live');
  return {
    threshold: LIVE_THRESHOLD,
    ...Object.fromEntries(kinds.map((kind) => [kind, attackFigures(of(kind))])),
    all: refusals(attacks),
    live: liveFigures(of('live')),
  };
}

function attackFigures(attacks: readonly JudgedPresentation[]): KindFigures {
  const frames = attacks.flatMap(({ lives }) => lives);
  const acts = challengeAct.options.length;
  const passed = attacks.filter(isVotedLive);
  const shown = attacks.reduce((sum, one) => sum + one.acts.length, 0);
  const both = passed.reduce((sum, one) => sum + one.acts.length, 0);
  return {
    presentations: attacks.length,
    frames: frames.length,
    ...share('perFrame', frames.filter(isLive).length, frames.length),
    ...share('apcerPassive', passed.length, attacks.length),
    ...share('actAlone', shown, attacks.length * acts),
    ...share('apcerChallenge', both, attacks.length * acts),
    people: peopleOf(attacks),
    passedPassive: passed.length,
    challenges: attacks.length * acts,
    passedChallenge: both,
    ...personal('apcerPassive', attacks, (one) => (isVotedLive(one) ? 1 : 0)),
    ...personal('apcerChallenge', attacks, (one) => passesChallenge(one)),
  };
}

/** What share of all attacks is refused. */
function refusals(attacks: readonly JudgedPresentation[]): KindFigures {
  const acts = challengeAct.options.length;
  const passed = attacks.filter(isVotedLive);
  const both = passed.reduce((sum, one) => sum + one.acts.length, 0);
  const challenges = attacks.length * acts;
  return {
    presentations: attacks.length,
    people: peopleOf(attacks),
    ...share('refusedPassive', attacks.length - passed.length, attacks.length),
    ...share('refusedChallenge', challenges - both, challenges),
    challenges,
    ...personal('refusedPassive', attacks, (one) => (isVotedLive(one) ? 0 : 1)),
    ...personal('refusedChallenge', attacks, (one) => 1 - passesChallenge(one)),
  };
}

function liveFigures(living: readonly JudgedPresentation[]): KindFigures {
  const frames = living.flatMap(({ lives }) => lives);
  const refused = living.filter((one) => !isVotedLive(one));
  return {
    presentations: living.length,
    frames: frames.length,
    ...share('perFrame', frames.filter((one) => !isLive(one)).length, frames.length),
    ...share('bpcerPassive', refused.length, living.length),
    people: peopleOf(living),
    refusedLiving: refused.length,
    ...personal('bpcerPassive', living, (one) => (isVotedLive(one) ? 0 : 1)),
  };
}

/**
 * The share of presentations that get through at each threshold, and of the living who don't: what a site may choose between.
 * @returns for each threshold 0..1, APCER by kind and BPCER, by 3 of 5 frames
 */
export function livenessCurves(
  judged: readonly JudgedPresentation[],
  thresholds: readonly number[],
): Record<string, { readonly x: number; readonly y: number }[]> {
  const kinds = [...new Set(judged.map(({ kind }) => kind))];
  return Object.fromEntries(
    kinds.map((kind) => {
      const scores = judged.filter((one) => one.kind === kind).map(votedScore);
      const passing = (x: number) => scores.filter((score) => score >= x).length / scores.length;
      return [
        kind,
        thresholds.map((x) => ({ x, y: kind === 'live' ? 1 - passing(x) : passing(x) })),
      ];
    }),
  );
}

/** The highest threshold at which a presentation still passes: its third best frame of five. */
function votedScore({ lives }: JudgedPresentation): number {
  return lives.toSorted((a, b) => b - a)[Math.min(AGREE, lives.length) - 1] ?? 0;
}

const isLive = (liveness: number) => liveness >= LIVE_THRESHOLD;
const isVotedLive = (one: JudgedPresentation) => isLive(votedScore(one));
const passesChallenge = (one: JudgedPresentation) =>
  isVotedLive(one) ? one.acts.length / challengeAct.options.length : 0;

function peopleOf(judged: readonly JudgedPresentation[]): number {
  return new Set(judged.map(({ person }) => person)).size;
}

/** A share with Wilson's 95 % interval, as if all presentations were independent. */
function share(name: string, part: number, whole: number): KindFigures {
  const interval = wilson(part, whole);
  return {
    [name]: whole === 0 ? null : part / whole,
    [`${name}Low`]: interval?.low ?? null,
    [`${name}High`]: interval?.high ?? null,
  };
}

/** The interval where the presentations of one person count as one trial. */
function personal(
  name: string,
  judged: readonly JudgedPresentation[],
  valueOf: (one: JudgedPresentation) => number,
): KindFigures {
  const interval = byPerson(judged.map((one) => ({ person: one.person, value: valueOf(one) })));
  return {
    [`${name}ByPersonLow`]: interval?.low ?? null,
    [`${name}ByPersonHigh`]: interval?.high ?? null,
  };
}

import { seeded } from '@latchkey/vision/samples';
import { clopperPearson, type Interval } from './clopper-pearson.pure.js';

/** One trial of a person's: 0..1, how far it went wrong. */
export interface Trial {
  readonly person: string;
  readonly value: number;
}

const DRAWS = 2000;

/** Fewer people than these who err, or who don't, are too few to be drawn from. */
const ENOUGH_PEOPLE = 5;
/** Of a sum of shares. */
const ROUNDING = 1e-9;

/**
 * The 95 % interval of a mean of trials, those of one person taken together: people are drawn anew with replacement, each with
 * all their trials, and the 2.5th and 97.5th percentile of 2,000 such means are told (the subsets bootstrap: Bolle, Ratha and
 * Pankanti 2004; ISO/IEC 19795-1, annex on confidence intervals). Where fewer than five people err, or do not, drawing tells too
 * little: there each person is one trial, by Clopper and Pearson, what is less than a whole person counted as one above and
 * as none below. The same trials give the same interval.
 * @returns `null` without trials
 */
export function byPerson(trials: readonly Trial[]): Interval | null {
  const people = [...Map.groupBy(trials, ({ person }) => person).values()].map((own) => ({
    sum: own.reduce((sum, { value }) => sum + value, 0),
    count: own.length,
  }));
  const erring = people.filter(({ sum }) => sum > 0).length;
  const sound = people.filter(({ sum, count }) => sum < count).length;
  if (Math.min(erring, sound) < ENOUGH_PEOPLE) return byWholePeople(people);
  const random = seeded(people.length);
  const means = Array.from({ length: DRAWS }, () => meanOf(people, random)).toSorted(
    (a, b) => a - b,
  );
  const at = (share: number) => means[Math.round(share * (DRAWS - 1))] ?? 0;
  return { low: at(0.025), high: at(0.975) };
}

function byWholePeople(people: readonly Person[]): Interval | null {
  const wrong = people.reduce((all, { sum, count }) => all + sum / count, 0);
  const low = clopperPearson(Math.floor(wrong + ROUNDING), people.length)?.low;
  const high = clopperPearson(Math.ceil(wrong - ROUNDING), people.length)?.high;
  return low === undefined || high === undefined ? null : { low, high };
}

interface Person {
  readonly sum: number;
  readonly count: number;
}

function meanOf(people: readonly Person[], random: () => number): number {
  let [sum, count] = [0, 0];
  for (let n = 0; n < people.length; n++) {
    const drawn = people[Math.floor(random() * people.length)];
    sum += drawn?.sum ?? 0;
    count += drawn?.count ?? 0;
  }
  return sum / count;
}

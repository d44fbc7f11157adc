import type { BusRights } from './rights.pure.js';
import type { Store } from './stores.pure.js';

/** Whether each subject that `subject` names is within `pattern` (NATS: `*` is one token, `>` one or more at the end). */
export function isWithin(subject: string, pattern: string): boolean {
  const wanted = pattern.split('.');
  const given = subject.split('.');
  for (const [index, token] of wanted.entries()) {
    const came = given[index];
    if (came === undefined) return false;
    if (token === '>') return true;
    if (came === '>' || (token !== '*' && token !== came)) return false;
  }
  return given.length === wanted.length;
}

const isWithinAny = (subject: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) => isWithin(subject, pattern));

/** Whether the broker takes a message on this subject from who has those rights. */
export const mayPublish = ({ publish }: BusRights, subject: string): boolean =>
  isWithinAny(subject, publish.allow) && !isWithinAny(subject, publish.deny);

/** Whether the broker lets who has those rights listen there. */
export const maySubscribe = ({ subscribe }: BusRights, subject: string): boolean =>
  isWithinAny(subject, subscribe.allow);

/** A subject within a pattern. */
export const subjectIn = (pattern: string, name: string): string =>
  pattern.replaceAll('*', name).replace(/>$/, name);

/** What somebody with these rights can have kept there: a subject for each pattern on which they may publish. */
export function keptBy(rights: BusRights, { subjects: patterns }: Store, name = 'x'): string[] {
  const subjects = [...patterns, ...rights.publish.allow].map((one) => subjectIn(one, name));
  return [...new Set(subjects)].filter(
    (subject) =>
      patterns.some((pattern) => isWithin(subject, pattern)) && mayPublish(rights, subject),
  );
}

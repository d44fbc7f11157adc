import { useReducer, useState } from 'react';
import { call } from '../api/client.js';
import { ApiProblem, unreadable } from '../api/problem.js';
import { dataUrlOf } from './take-picture.js';

/** How many samples a registration needs. */
export const SAMPLES_NEEDED = 5;

/** A picture that was taken, and what was said of it. */
export interface Take {
  readonly n: number;
  /** Of its picture. */
  readonly url: string;
  /** `unkept`: for another reason than the picture itself. */
  readonly verdict: 'judging' | 'good' | 'refused' | 'unkept';
  /** What was said, and what to do. */
  readonly text: string;
}

interface Taken {
  readonly takes: readonly Take[];
  /** How many the registry has. */
  readonly samples: number;
  /** Not about the picture, but about the registration itself. */
  readonly problem: ApiProblem | undefined;
}

type Step =
  | { readonly kind: 'taken'; readonly take: Take }
  | { readonly kind: 'good'; readonly n: number; readonly text: string; readonly samples: number }
  | { readonly kind: 'refused'; readonly n: number; readonly problem: ApiProblem }
  | { readonly kind: 'counted'; readonly samples: number };

/** Codes of the picture, which another picture mends. */
const ABOUT_PICTURE = /^LK-(SMP|IMG)-|^LK-PER-010$/;

function after(taken: Taken, step: Step): Taken {
  const judge = (n: number, verdict: Take['verdict'], text: string) =>
    taken.takes.map((take) => (take.n === n ? { ...take, verdict, text } : take));
  if (step.kind === 'taken') {
    return { ...taken, takes: [...taken.takes, step.take], problem: undefined };
  }
  if (step.kind === 'counted') return { ...taken, samples: step.samples };
  if (step.kind === 'good') {
    return { ...taken, takes: judge(step.n, 'good', step.text), samples: step.samples };
  }
  const { problem, n } = step;
  if (ABOUT_PICTURE.test(problem.code)) {
    return { ...taken, takes: judge(n, 'refused', `${problem.message} ${problem.action}`) };
  }
  if (problem.status === 0) {
    const text = `${problem.message} Take it again when the connection is back.`;
    return { ...taken, takes: judge(n, 'unkept', text) };
  }
  const text = 'It is not for how the picture looks: why, is said below.';
  return { ...taken, takes: judge(n, 'unkept', text), problem };
}

/** The samples of one registration: each picture is judged at once, and at once is said what came of it. */
export function useTakes(id: string, samplesNow: number) {
  const [before] = useState(samplesNow);
  const [taken, tell] = useReducer(after, {
    takes: [],
    samples: before,
    problem: undefined,
  });
  const judge = async (picture: Blob) => {
    const n = taken.takes.length + 1;
    const url = await dataUrlOf(picture);
    tell({ kind: 'taken', take: { n, url, verdict: 'judging', text: 'Being looked at…' } });
    try {
      const { samples, next } = await call('addSample', { params: { id }, body: picture });
      tell({ kind: 'good', n, text: next, samples });
    } catch (error) {
      const problem = error instanceof ApiProblem ? error : unreadable(0);
      tell({ kind: 'refused', n, problem });
      if (!ABOUT_PICTURE.test(problem.code)) await count();
    }
  };
  /** Where an answer was lost, the picture may have arrived: the registry knows. */
  const count = async () => {
    const person = await call('getPerson', { params: { id } }).catch(() => undefined);
    if (person) tell({ kind: 'counted', samples: person.samples });
  };
  return {
    ...taken,
    /** How many were there when the page was opened: their pictures are nowhere. */
    before,
    isJudging: taken.takes.some(({ verdict }) => verdict === 'judging'),
    judge,
  };
}

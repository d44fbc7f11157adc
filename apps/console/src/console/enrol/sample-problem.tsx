import { Link } from 'wouter';
import { ProblemNotice } from '../../look/problem.js';
import { Notice } from '../../look/words.js';
import type { ApiProblem } from '../api/problem.js';
import { Who } from '../words/who.js';
import { faceOwner } from './face-owner.pure.js';

interface SampleProblemProps {
  readonly problem: ApiProblem | null;
  readonly onRetry?: () => void;
}

/** Why a registration cannot go on; with the way to whoever has the face already. */
export function SampleProblem({ problem, onRetry }: SampleProblemProps) {
  const owner = problem && faceOwner(problem);
  if (!owner) return <ProblemNotice problem={problem} onRetry={onRetry} />;
  return (
    <Notice tone="bad" title="This face is registered already.">
      <p>
        It is the face of <Who person={owner.person} /> (<code>{owner.person}</code>), or of
        somebody much like them: similarity {owner.similarity}.
      </p>
      <p>
        If they are one person, press <kbd>Q</kbd> here: they are registered. To take their face
        anew, <Link href={`/people/${owner.person}`}>delete that registration</Link> first.
      </p>
      <p className="quiet">{problem.code}</p>
    </Notice>
  );
}

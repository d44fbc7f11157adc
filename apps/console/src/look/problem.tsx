import { Button } from './button.js';
import { Notice } from './words.js';

/** What went wrong, in words. */
export interface Problem {
  readonly message: string;
  readonly action: string;
  readonly code: string;
}

interface ProblemProps {
  /** null: there is none, and nothing is shown. */
  readonly problem: Problem | null;
  readonly onRetry?: (() => void) | undefined;
}

/** What went wrong, what to do, and the code to search for. */
export function ProblemNotice({ problem, onRetry }: ProblemProps) {
  if (!problem) return null;
  return (
    <Notice tone="bad" title={problem.message}>
      <p>{problem.action}</p>
      <p className="quiet">{problem.code}</p>
      {onRetry ? (
        <Button size="small" onClick={onRetry}>
          Try again
        </Button>
      ) : null}
    </Notice>
  );
}

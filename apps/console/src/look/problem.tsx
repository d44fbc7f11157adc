import { Button } from './button.js';
import { Notice } from './words.js';

interface ProblemProps {
  readonly problem: { readonly message: string; readonly action: string; readonly code: string };
  readonly onRetry?: (() => void) | undefined;
}

/** What went wrong, what to do, and the code to search for. */
export function ProblemNotice({ problem, onRetry }: ProblemProps) {
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

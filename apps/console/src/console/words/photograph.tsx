import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Button } from '../../look/button.js';
import { addressOf, check } from '../api/client.js';
import type { ApiProblem } from '../api/problem.js';

interface PhotographProps {
  /** The key in the store of evidence. */
  readonly evidence: string;
  readonly alt: string;
}

/** It is kept no longer; anything else that went wrong may pass. */
const GONE = 'LK-EVD-001';

/** A photograph of a denial. It lives for a while only, and goes with the person that it names. */
export function Photograph({ evidence, alt }: PhotographProps) {
  const [tries, setTries] = useState(0);
  const [hasFailed, setFailed] = useState(false);
  const again = () => {
    setTries(tries + 1);
    setFailed(false);
  };
  const src = addressOf('getEvidence', { params: { key: evidence } });
  if (hasFailed) return <Missing evidence={evidence} isFirst={tries === 0} onRetry={again} />;
  return (
    <img
      key={tries}
      className="photograph"
      src={src}
      alt={alt}
      loading="lazy"
      onError={() => setFailed(true)}
    />
  );
}

interface MissingProps {
  readonly evidence: string;
  /** It has not been tried again yet. */
  readonly isFirst: boolean;
  readonly onRetry: () => void;
}

/** Why there is no picture, which an image does not tell: the gateway is asked, until it can be reached. */
function Missing({ evidence, isFirst, onRetry }: MissingProps) {
  const why = useQuery<null, ApiProblem>({
    queryKey: ['getEvidence', evidence],
    queryFn: async ({ signal }) => {
      await check('getEvidence', { params: { key: evidence }, signal });
      return null;
    },
    gcTime: 0,
  });
  const heals = why.isSuccess && isFirst;
  useEffect(() => {
    if (heals) onRetry();
  }, [heals, onRetry]);
  if (why.error?.code === GONE) {
    return <p className="photograph gone">The photograph is no longer kept.</p>;
  }
  return (
    <div className="photograph gone">
      <span>The photograph could not be loaded.</span>
      <Button size="small" busy={why.isFetching} onClick={onRetry}>
        Try again
      </Button>
    </div>
  );
}

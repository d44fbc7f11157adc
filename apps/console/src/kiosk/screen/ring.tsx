import { useEffect, useState } from 'react';
import { fillCount, type Messages } from '../words.pure.js';

interface RingProps {
  /** When it ends, ms since 1970 by the server's clock. */
  readonly deadline: number;
  /** The server's clock. */
  readonly now: () => number;
  readonly words: Messages;
  readonly language: string;
}

const RADIUS = 44;
const LENGTH = 2 * Math.PI * RADIUS;

/** A ring that empties until the deadline, with the seconds in it. The browser draws it by itself, but for the seconds. */
export function Ring({ deadline, now, words, language }: RingProps) {
  const [wholeMs] = useState(() => Math.max(1, deadline - now()));
  const [leftS, setLeftS] = useState(() => secondsTo(deadline, now()));
  useEffect(() => {
    const tick = () => setLeftS(secondsTo(deadline, now()));
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [deadline, now]);
  return (
    <div className="ring" data-ends={leftS <= 5}>
      <svg viewBox="0 0 100 100" aria-hidden="true">
        <circle className="ring-ground" cx="50" cy="50" r={RADIUS} />
        <circle
          className="ring-left"
          cx="50"
          cy="50"
          r={RADIUS}
          strokeDasharray={LENGTH}
          style={{ animationDuration: `${wholeMs}ms` }}
        />
      </svg>
      <span aria-hidden="true">{leftS}</span>
      <span className="hidden-visually">
        {leftS === 10 || leftS === 5 ? fillCount(words.seconds, leftS, language) : ''}
      </span>
    </div>
  );
}

function secondsTo(deadline: number, nowMs: number): number {
  return Math.max(0, Math.ceil((deadline - nowMs) / 1_000));
}

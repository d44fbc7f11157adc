import { useEffect, useState } from 'react';
import { fillCount, type Messages } from '../words.pure.js';
import { shareOver, type Wait } from './wait.pure.js';

interface RingProps {
  readonly wait: Wait;
  /** The server's clock. */
  readonly now: () => number;
  readonly words: Messages;
  readonly language: string;
}

const RADIUS = 44;
const LENGTH = 2 * Math.PI * RADIUS;

/** A ring that empties until the deadline, with the seconds in it. The browser draws it by itself, but for the seconds. */
export function Ring({ wait, now, words, language }: RingProps) {
  const { from, until } = wait;
  const wholeMs = Math.max(1, until - from);
  // It may be drawn anew in the middle of a wait: what is over of it then is not drawn again.
  const [overMs] = useState(() => wholeMs * shareOver(wait, now()));
  const [leftS, setLeftS] = useState(() => secondsTo(until, now()));
  useEffect(() => {
    const tick = () => setLeftS(secondsTo(until, now()));
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [until, now]);
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
          style={{ animationDuration: `${wholeMs}ms`, animationDelay: `${-overMs}ms` }}
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

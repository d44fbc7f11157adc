import type { Answer } from '@latchkey/gateway/api';
import { useState } from 'react';
import { Moment } from '../../look/words.js';
import { useRead } from '../api/queries.js';
import { Photograph } from '../words/photograph.js';
import { useDoorName, Where } from '../words/where.js';

type Likeness = Answer<'getLikeness'>;
export type Seen = Likeness['visitors'][number];

/** Whoever was just turned away is compared a moment later. */
const AGAIN_MS = 5_000;

/** Which of these visitors were seen before; where that cannot be told, the page is as without it. */
export function useLikeness(visitors: readonly { readonly id: string }[] | undefined) {
  const alerts = visitors?.map(({ id }) => id).join() ?? '';
  const options = { enabled: visitors !== undefined, everyMs: AGAIN_MS };
  const { data } = useRead('getLikeness', { query: { alerts } }, options);
  // One that is not asked for may lie there still, asked by another list.
  return visitors && data;
}

/** How often someone who looks like a visitor was seen, and the photographs to compare; a likeness is no proof. */
export function SeenBefore({ seen }: { readonly seen: Seen }) {
  const [isOpen, setOpen] = useState(false);
  const nameOf = useDoorName();
  if (seen.times === 1) return <p className="seen-note">Not seen before</p>;
  return (
    <details className="seen-before" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        Seen {seen.times} times at {seen.doors === 1 ? 'one door' : `${seen.doors} doors`}
      </summary>
      {isOpen ? (
        <ul>
          {seen.sightings.map(({ alert, door, at, evidence }) => (
            <li key={alert}>
              <Photograph evidence={evidence} alt={`Who stood at ${nameOf(door)}`} />
              <span>
                <Moment at={at} /> at <Where door={door} />
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </details>
  );
}

/** Whether strangers are compared with each other here, and what that means for them. */
export function LikenessNote({ kept, days }: Pick<Likeness, 'kept' | 'days'>) {
  if (kept) {
    return (
      <p className="seen-note">
        Visitors who look alike are put together, for {days === 1 ? 'one day' : `${days} days`}: a
        likeness is no proof, so compare the photographs. It keeps templates of strangers’ faces,
        sealed; then they go.
      </p>
    );
  }
  return (
    <details className="likeness-note">
      <summary>Whether somebody was seen before is not shown here</summary>
      <p>
        Strangers are not compared with each other: it takes a template of each one’s face, which is
        biometric data of people whom nobody asked. A site that must notice who tries several doors,
        and may lawfully do so, has whoever runs it set <code>LK_VISITOR_LIKENESS=on</code>. The
        templates are then kept sealed and for some days only; switching it off erases them.
      </p>
    </details>
  );
}

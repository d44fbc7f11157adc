import { type Ended, fewCells, markdownTable } from './kills.pure.js';

const head = `# What a kill does

Each cell is a real run of all services: someone enters at a door, and at that step of the entry the thing on the left is
ended by \`kill -9\`. It comes back by itself: the supervisor starts services again; the broker is started on its old store.

For every cell it was checked that

- the attempt had exactly one outcome, the one in the table, in the stream \`ACCESS\`;
- the lock never opened without a stored grant, nor twice for one;
- the next entry at that door, with the newest code that was mailed, was granted;
- every code that was issued came by mail, and so did the news of every entry for the other person, each as one mail;
  "resent" counts those that came once more, always under the same Message-ID;
- there was no dead letter.

The steps: **idle**, the thing dies and the person comes at once; **identifying**, at the event \`started\`; **awaiting code**,
when the door asks for it, and the code is shown afterwards; **checking code**, while the registry is halted, so that its
answer is surely not there yet; **granted**, when the event passes; **mail under way**, when the next code's job passes on its
way to notify; **mail taken**, when the mail server has taken the next code's mail and has not said so yet: notify, which dies
there, cannot know and sends it again.
`;

const foot = `An attempt that ends \`expired\` or \`abandoned\` opened nothing: what its door rests on was away for longer than its
deadlines allow. Which of them it is, and whether it still is \`granted\`, depends on how fast a machine brings things back. The
person tries again with their newest code: where the registry had used one up all the same, the next was mailed.

This page is written by \`LK_CHAOS=all\` with [tests/src/chaos/kills.test.ts](../tests/src/chaos/kills.test.ts); \`npm test\` runs
${fewCells.length} of the cells, with every thing and every step in them.
`;

/** docs/KILLS.md, from a run of all cells. */
export function killsPage(ended: readonly Ended[]): string {
  return [head, markdownTable(ended), '', foot].join('\n');
}

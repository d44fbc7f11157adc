import type { Guard } from './saga.showing-guards.js';

/** Every guard without which a picture of somebody would be taken for them. */
export const presenceGuards: readonly Guard[] = [
  {
    says: 'what was done before it was asked for is no answer',
    file: 'presence.pure.ts',
    text: 'state.looks.filter((look) => look.at > state.askedAt);',
    without: 'state.looks;',
    breaks: 'an act that was not done',
  },
  {
    says: 'the one who was recognised must do it',
    file: 'presence.pure.ts',
    text: 'return standingThere(candidates, [look], look.at).length > 0;',
    without: 'return candidates.length > 0 && look.at > 0;',
    breaks: 'an act that was not done',
  },
  {
    says: 'the wrong act ends it',
    file: 'saga.table.pure.ts',
    text: "row('challenged', 'faces', 'the wrong act', when.isAct('wrong'), end.denyAct),",
    without: '',
    breaks: 'an attempt after the wrong act',
  },
  {
    says: 'the wait for an act ends',
    file: 'saga.table.pure.ts',
    text: "row('challenged', 'due', 'no act in 8 s', when.isOver, end.denyAct),",
    without: '',
    breaks: 'an attempt without end',
  },
  {
    says: 'a picture gets one vote',
    file: 'note.pure.ts',
    text: 'isFresh(state, seen) ? lookOf(seen, rules) : null;',
    without: 'lookOf(seen, rules);',
    breaks: 'a picture that got two votes',
  },
  {
    says: 'a picture of another size gets none',
    file: 'presence.pure.ts',
    text: 'return (size === null || isSame) && ',
    without: 'return ',
    breaks: 'pictures of two sizes',
  },
  {
    says: 'a loop is refused',
    file: 'presence.pure.ts',
    text: 'returnsIn(shots) >= limits.loopReturns',
    without: 'returnsIn(shots) > limits.loopReturns',
    breaks: 'a loop that goes on',
  },
  {
    says: 'a frozen picture is refused',
    file: 'presence.pure.ts',
    text: 'return isFrozen(shots) || ',
    without: 'return ',
    breaks: 'a frozen picture that goes on',
  },
  {
    says: 'a camera keeps its size',
    file: 'presence.pure.ts',
    text: ' || size?.isOther === true;',
    without: ';',
    breaks: 'a camera that changed goes on',
  },
  {
    says: 'such pictures end an identification',
    file: 'saga.table.pure.ts',
    text: "row('identifying', 'faces', 'no camera gives such pictures', when.isReplayed, end.denyReplayed),",
    without: '',
    breaks: 'a frozen picture that goes on',
  },
  {
    says: 'such pictures end the wait for a code',
    file: 'saga.table.pure.ts',
    text: "row('awaiting-code', 'faces', 'no camera gives such pictures', when.isReplayed, end.denyReplayed),",
    without: '',
    breaks: 'a loop that goes on',
  },
];

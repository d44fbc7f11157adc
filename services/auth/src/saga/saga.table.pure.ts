import type { Case, Next } from './case.types.js';
import * as when from './conditions.pure.js';
import * as end from './outcomes.pure.js';
import type { Input, SagaState } from './saga.types.js';
import * as then from './steps.pure.js';

type Kind = SagaState['kind'];
type On = Input['on'];

interface Row {
  readonly in: Kind;
  readonly on: On;
  readonly says: string;
  readonly take: (c: Case<Kind, On>) => Next | null;
}

function row<K extends Kind, O extends On>(
  inState: K,
  on: O,
  says: string,
  fits: (c: Case<K, O>) => boolean,
  follows: (c: Case<K, O>) => Next,
): Row {
  // `step` offers a row only what it is for.
  const take = (c: unknown) => (fits(c as Case<K, O>) ? follows(c as Case<K, O>) : null);
  return { in: inState, on, says, take };
}

/** The design's table, a row a row; the first that fits is taken, and where none fits nothing changes. */
export const table: readonly Row[] = [
  row('idle', 'faces', 'a face of good size and quality', when.isSomeone, then.start),

  row('identifying', 'faces', 'no camera gives such pictures', when.isReplayed, end.denyReplayed),
  row('identifying', 'faces', '3 of 5 not live', when.isNotLive, end.denyNotLive),
  row('identifying', 'faces', '3 of 5 unknown', when.isUnknown, end.denyUnknown),
  row('identifying', 'faces', 'they agree, but are they live', when.isToAct, then.askForAct),
  row('identifying', 'faces', '3 of 5 agree, live', when.isIdentified, then.askForCode),
  row('identifying', 'due', '10 s', when.isOver, end.expire),

  row('challenged', 'faces', 'no camera gives such pictures', when.isReplayed, end.denyReplayed),
  row('challenged', 'faces', '3 of 5 not live', when.isNotLive, end.denyNotLive),
  row('challenged', 'faces', "another person's face, 3 of 5", when.isOther, (c) =>
    end.denyMismatch(c, 'face'),
  ),
  row('challenged', 'faces', 'the wrong act', when.isAct('wrong'), end.denyAct),
  row('challenged', 'faces', 'the act, by the same face', when.isAct('done'), then.trustAct),
  row('challenged', 'due', 'no act in 8 s', when.isOver, end.denyAct),

  row('awaiting-code', 'faces', 'no camera gives such pictures', when.isReplayed, end.denyReplayed),
  row('awaiting-code', 'codes', 'a fresh code, its candidate there', when.isCode, then.checkCode),
  row('awaiting-code', 'codes', 'a code, but somebody else there', when.isJudged, then.letGo),
  row('awaiting-code', 'codes', 'a code of another kind', when.isForeignCode, then.hintNotOurs),
  row('awaiting-code', 'codes', 'a spent code, held up still', when.isSpentCode, then.hintSpent),
  row('awaiting-code', 'faces', "another person's face, 3 of 5", when.isOther, (c) =>
    end.denyMismatch(c, 'face'),
  ),
  row('awaiting-code', 'faces', "a held code's candidate there", when.isCode, then.checkCode),
  row('awaiting-code', 'faces', 'somebody else there with it', when.isJudged, then.letGo),
  row('awaiting-code', 'cancel', 'cancel', when.always, (c) => end.abandon(c, 'cancelled')),
  row('awaiting-code', 'due', 'the deadline', when.isOver, end.expire),
  row('awaiting-code', 'due', 'nobody there for 5 s', when.isLeft, (c) => end.abandon(c, 'left')),
  row('awaiting-code', 'new-code', 'a new code is wished', when.mayAskNewCode, then.sendNewCode),
  row(
    'awaiting-code',
    'new-code-answered',
    'the wish is answered',
    when.isThisAttempt,
    then.hintNewCode,
  ),

  row('checking-code', 'code-checked', 'used up in time', when.isGranted, end.grant),
  row('checking-code', 'code-checked', 'used up too late', when.isTooLate, end.expireUsed),
  row('checking-code', 'code-checked', 'a wait', when.isAnswer('wait'), then.keepWaiting),
  row('checking-code', 'code-checked', 'wrong', when.isAnswer('wrong', when.hasMore), then.refuse),
  row('checking-code', 'code-checked', 'the 5th', when.isAnswer('wrong'), end.denyWrongCode),
  row('checking-code', 'code-checked', "someone else's code", when.isAnswer('mismatch'), (c) =>
    end.denyMismatch(c, 'code'),
  ),
  row('checking-code', 'code-checked', 'suspended', when.isAnswer('suspended'), end.denyStanding),
  row('checking-code', 'code-checked', 'locked', when.isAnswer('locked'), end.denyStanding),
  row('checking-code', 'code-checked', 'expired', when.isAnswer('expired'), end.denyStanding),
  row('checking-code', 'no-answer', 'no answer', when.isThisCheck, then.waitToAskAgain),
  row('checking-code', 'due', 'no answer until notAfter', when.isUnanswered, end.expireUnanswered),
  row('checking-code', 'due', 'asked again', when.always, then.askAgain),
  row(
    'checking-code',
    'new-code-answered',
    'the wish is answered',
    when.isThisAttempt,
    then.hintNewCode,
  ),

  row('settled', 'code-checked', 'it was used up all the same', when.isUsedAfterAll, then.hintUsed),
  row('settled', 'due', 'no face for 2 s, or 10 s', when.always, then.goIdle),
];

import type {
  DoorRules,
  Effect,
  Input,
  InputOf,
  SagaState,
  Showing,
  StateOf,
} from './saga.types.js';

/** What a row of the table looks at. */
export interface Case<Kind extends SagaState['kind'], On extends Input['on']> {
  readonly state: StateOf<Kind>;
  readonly showings: readonly Showing[];
  readonly input: InputOf<On>;
  readonly now: number;
  readonly door: string;
  readonly rules: DoorRules;
}

/** What follows: the new state, what is owed, and the door's showings where they change with it. */
export interface Next {
  readonly state: SagaState;
  readonly showings?: readonly Showing[];
  readonly effects: readonly Effect[];
}

/** An attempt that has no outcome yet. */
export type Running = StateOf<'identifying' | 'challenged' | 'awaiting-code' | 'checking-code'>;
/** An attempt that is about to end. */
export type Ending = Pick<Case<'idle', 'due'>, 'now' | 'door'> & { readonly state: Running };
/** A wish for a new code is answered while the attempt goes on. */
export interface WishAnswered {
  readonly state: StateOf<'awaiting-code' | 'checking-code'>;
  readonly input: InputOf<'new-code-answered'>;
}

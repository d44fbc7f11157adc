import type { ErrorCode } from '@latchkey/contracts';

/** A command that may not be carried out, and why. */
export interface Refused {
  readonly ok: false;
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryAfterMs?: number;
}

/** A command that may: the document to write (the same one where nothing changes) and what to answer. */
export interface Accepted<Document, Reply> {
  readonly ok: true;
  readonly next: Document;
  readonly reply: Reply;
}

/** What a pure command decides. */
export type Decision<Document, Reply = null> = Accepted<Document, Reply> | Refused;

/** Refuses with a stable code; `message` says what was expected and what came. */
export function refuse(code: ErrorCode, message: string): Refused {
  return { ok: false, code, message };
}

/** Accepts a change. */
export function accept<Document>(next: Document): Accepted<Document, null> {
  return { ok: true, next, reply: null };
}

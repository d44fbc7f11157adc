import type { KeyObject } from 'node:crypto';
import { type CloudEvent, openingText } from '@latchkey/contracts';
import type { Held } from './key-file.js';
import { isSignedBy, type Signer } from './sign.js';

/** What a relay knows when something tells it to open. */
export interface OpeningFacts {
  /** Its own door. */
  readonly door: string;
  /** Whose openings it trusts: the public signing keys of the campus. */
  readonly publicKeys: readonly Held<KeyObject>[];
  /** Milliseconds since 1970, by the broker's clock. */
  readonly nowMs: number;
  /** The ids of the openings that it carried out within their time. */
  readonly done: ReadonlySet<string>;
}

/**
 * Why a lock must stay shut, or null where it is to open. The subject alone proves nothing: by the reply address of a
 * request, whoever may read anything from the broker has it sent wherever he likes, past all permissions.
 */
export function openingFault(event: CloudEvent, facts: OpeningFacts): string | null {
  const { door, expiresAt, signature } = fieldsOf(event.data);
  if (door !== facts.door) return 'it is for another door';
  if (expiresAt === null) return 'it does not say until when';
  if (expiresAt <= facts.nowMs) return 'it is too late';
  if (facts.done.has(event.id)) return 'it was carried out before';
  const text = openingText({ door, id: event.id, expiresAt });
  if (!isSignedBy(facts.publicKeys, text, signature)) return 'it is not signed by who may open';
  return null;
}

/**
 * The data of an event that opens a lock, with the proof that it is ours. Data that names no door or no end stays as it is:
 * it opens nothing, and its schema refuses it.
 */
export function signOpening(
  signer: Signer,
  { id, data }: { readonly id: string; readonly data: unknown },
): object {
  const { door, expiresAt } = fieldsOf(data);
  if (door === null || expiresAt === null) return data as object;
  return { ...(data as object), signature: signer.sign(openingText({ door, id, expiresAt })) };
}

function fieldsOf(data: unknown) {
  const read = (name: string): unknown =>
    typeof data === 'object' && data !== null ? Reflect.get(data, name) : undefined;
  const [door, expiresAt, signature] = [read('door'), read('expiresAt'), read('signature')];
  return {
    door: typeof door === 'string' ? door : null,
    expiresAt: typeof expiresAt === 'number' ? expiresAt : null,
    signature: typeof signature === 'string' ? signature : '',
  };
}

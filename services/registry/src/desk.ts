import { type KeyObject, randomUUID } from 'node:crypto';
import type { CallContext, Held, Signer } from '@latchkey/runtime';
import type { AuditLog } from './audit-log.js';
import type { Operation } from './domain/outbox.pure.js';
import type { Relay } from './relay.js';
import type { Store } from './store/store.port.js';

/** What every desk of the registry works with. */
export interface DeskFacts {
  readonly store: Store;
  readonly relay: Relay;
  readonly audit: AuditLog;
  readonly keys: RegistryKeys;
  /** Milliseconds since 1970 by the broker's clock. */
  readonly nowMs: () => number;
  /** How long a code is good for; `null`: until it is used. */
  readonly codeLifeMs: number | null;
}

/** The registry's secrets and the public keys of those for whom it seals. */
export interface RegistryKeys {
  /** The registry's curve seed: opens shown codes and templates. */
  readonly seed: Held<string>;
  readonly masterKey: Held<Uint8Array>;
  readonly pepper: Held<Uint8Array>;
  readonly notifyPublicKey: Held<string>;
  readonly facePublicKey: Held<string>;
  /** Signs the audit, receipts, and what others go by on the broker. */
  readonly signer: Signer;
  readonly signerKeys: Held<KeyObject>;
}

/** Where a call comes from. */
export type Origin = Pick<CallContext, 'correlationId'>;

/** Begins a command. */
export function beginOperation(facts: DeskFacts, origin: Origin, by: string): Operation {
  const { correlationId } = origin;
  return {
    id: randomUUID(),
    by,
    now: facts.nowMs(),
    correlationId: correlationId.slice(0, 64),
    stamp: randomUUID(),
  };
}

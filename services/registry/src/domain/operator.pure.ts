import { type OperatorRole, operatorRole } from '@latchkey/contracts';
import type { Operator } from '@latchkey/contracts/grpc';
import type { CollectionDefinition } from '../store/store.port.js';
import { type SingleSignOn, singleSignOnKeys } from './account.pure.js';
import type { OutboxItem } from './outbox.pure.js';

/** By what an operator signs in without a password (WebAuthn). */
export interface Passkey {
  /** By which operators name it; no part of the credential. */
  readonly id: string;
  readonly name: string;
  /** The credential's id, base64url. */
  readonly credential: string;
  /** Under which the authenticator keeps it, base64url: random, and says nothing of the operator. */
  readonly handle: string;
  /** A COSE key, base64url. */
  readonly publicKey: string;
  /** How often it signed, as far as the authenticator counts. */
  readonly counter: number;
  readonly transports: readonly string[];
  readonly createdAt: number;
  /** 0: never. */
  readonly lastUsedAt: number;
  /** Its counter went back: nobody is signed in by it any more. */
  readonly suspect: boolean;
}

/** Someone who signs in at the console. */
export interface LivingOperator {
  /** The username. */
  readonly id: string;
  readonly state: 'active';
  readonly name: string;
  readonly role: OperatorRole;
  /** May not sign in until enabled again. */
  readonly disabled: boolean;
  /** argon2id, as a PHC string made by the gateway; empty: they have no password. */
  readonly passwordHash: string;
  /** How they sign in by single sign-on, if they may; older records have none. */
  readonly singleSignOn?: SingleSignOn | null;
  /** The second factor's secret under the master key; `null`: none is asked for. */
  readonly totp: string | null;
  /** A secret that was shown, of which no code has come yet. */
  readonly pendingTotp: string | null;
  /** The newest time step of which a code was taken: it and those before are refused from then on. */
  readonly totpStep: number;
  /** Left out by versions that knew none. */
  readonly passkeys?: readonly Passkey[];
  /** A random id, another one after each change that ends what was signed in before. */
  readonly stamp: string;
  /** Made by the one-time link: there is at most one such, however many ask at once. */
  readonly first: boolean;
  /** Says that it is about to be no administrator any more, while it looks whether another stays. */
  readonly leaving: { readonly by: string; readonly at: number } | null;
  /** Counts the changes by operators, from 1; signing in is none. */
  readonly revision: number;
  readonly createdAt: number;
  /** 0: never. */
  readonly lastSignInAt: number;
  /** When failed sign-ins were noted last, and how many since were not; left out where none ever failed. */
  readonly failedSignIns?: { readonly notedAt: number; readonly unnoted: number };
  readonly outbox: readonly OutboxItem[];
}

export interface RemovedOperator {
  readonly id: string;
  readonly state: 'gone';
  readonly outbox: readonly OutboxItem[];
}

export type OperatorRecord = LivingOperator | RemovedOperator;

/** Where operators lie. */
export const operatorsCollection: CollectionDefinition<OperatorRecord> = {
  name: 'operators',
  indexes: {
    state: {},
    first: { unique: true },
    administrator: {},
    unnoted: {},
    passkey: { unique: true },
    owes: {},
    account: { unique: true },
    invited: { unique: true },
  },
  keysOf: (operator) => ({
    state: operator.state,
    owes: operator.outbox.length > 0 ? 1 : undefined,
    ...(operator.state === 'gone'
      ? {}
      : {
          first: operator.first ? 1 : undefined,
          administrator: isAdministrator(operator) ? 1 : undefined,
          unnoted: operator.failedSignIns?.unnoted ? 1 : undefined,
          ...singleSignOnKeys(operator.singleSignOn ?? null),
          passkey: credentialsOf(operator),
        }),
  }),
};

/** No empty list: as a unique value MongoDB would let only one operator have it. */
function credentialsOf({ passkeys = [] }: LivingOperator): readonly string[] | undefined {
  return passkeys.length > 0 ? passkeys.map(({ credential }) => credential) : undefined;
}

/** An administrator who may sign in. */
export function isAdministrator(operator: OperatorRecord): operator is LivingOperator {
  return (
    operator.state === 'active' &&
    operator.role === operatorRole.enum.administrator &&
    !operator.disabled
  );
}

/** An operator as the registry tells of them. */
export function describeOperator(operator: LivingOperator): Operator {
  return {
    username: operator.id,
    name: operator.name,
    role: operator.role,
    disabled: operator.disabled,
    totp: operator.totp !== null,
    createdAt: operator.createdAt,
    lastSignInAt: operator.lastSignInAt,
    version: operator.revision,
    stamp: operator.stamp,
    hasPassword: operator.passwordHash !== '',
    invitedAs: operator.singleSignOn?.invitedAs ?? '',
    bound: Boolean(operator.singleSignOn?.account),
    passkeys: operator.passkeys?.length ?? 0,
  };
}

/** What the audit tells of an operator: nothing that opens anything. */
export function auditedOperator(operator: LivingOperator) {
  const { name, role, disabled, totp, singleSignOn, passkeys = [] } = operator;
  const way = singleSignOn ? { singleSignOn: singleSignOn.account ? 'bound' : 'invited' } : {};
  const named = passkeys.map((passkey) => passkey.name);
  return { name, role, disabled, totp: totp !== null, passkeys: named, ...way };
}

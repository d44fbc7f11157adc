import { consentVersion, language, personState } from '@latchkey/contracts';
import type { Consent, DeletionReceipt, Person } from '@latchkey/contracts/grpc';
import type { CodeState } from './code-state.pure.js';
import type { PersonAnswer } from './people.schemas.js';

/** A person as the API tells of them. */
export function toPersonAnswer(person: Person, codeState: CodeState): PersonAnswer {
  return {
    id: person.person,
    name: person.name,
    email: person.email,
    state: personState.parse(person.state),
    samples: person.samples,
    guard: person.guard,
    groups: person.groups,
    createdAt: new Date(person.createdAt).toISOString(),
    enrolledAt: timeOrNull(person.enrolledAt),
    language: language.parse(person.language),
    consent: person.consent ? toConsentAnswer(person.consent) : null,
    code: {
      state: codeState,
      issuedAt: timeOrNull(person.codeIssuedAt),
      usedAt: timeOrNull(person.codeUsedAt),
    },
    codeIssuedAt: timeOrNull(person.codeIssuedAt),
    duressIssuedAt: timeOrNull(person.duressIssuedAt),
    locks: person.locks.map(({ door, until }) => ({ door, until: new Date(until).toISOString() })),
    version: person.version,
  };
}

function toConsentAnswer({ version, at, by }: Consent) {
  return { version: consentVersion.parse(version), at: new Date(at).toISOString(), by };
}

/** A deletion's receipt as the API tells of it. */
export function toReceiptAnswer({ at, ...receipt }: DeletionReceipt) {
  return { ...receipt, at: new Date(at).toISOString() };
}

/** In the protobuf 0 means that it has not happened. */
function timeOrNull(epochMs: number): string | null {
  return epochMs > 0 ? new Date(epochMs).toISOString() : null;
}

import { type ShownCode, type sealedCode, shownCode } from '@latchkey/contracts';
import type { Person, UseCodeReply } from '@latchkey/contracts/grpc';
import { allKeys, Failure, type Held, newestKey, open, seal } from '@latchkey/runtime';
import type { z } from 'zod';
import { change, neverItsTurn, TRIES, takeTurn } from './change.js';
import { beginOperation, type DeskFacts, type Origin, type RegistryKeys } from './desk.js';
import { digestOf, digestsOf, isCodeText, newCodeText } from './domain/code-text.pure.js';
import type { FreshCode } from './domain/outbox.pure.js';
import {
  describePerson,
  isMember,
  type LivingPerson,
  peopleCollection,
} from './domain/person.pure.js';
import { issueDuressCode, liftLock, reissueCode } from './domain/person-life.pure.js';
import { decideUse } from './domain/use-code.pure.js';
import type { requests } from './requests.js';
import type { Stored } from './store/store.port.js';

type Asked<Name extends keyof typeof requests> = z.output<(typeof requests)[Name]>;
/**
 * From so long after its frame on a showing is worth nothing, whatever the caller says: auth waits for 2 s at most, and what
 * was taken down from the bus is older.
 */
const SHOWN_GOOD_MS = 10_000;
const NO_CODE: FreshCode = { digest: '', sealed: '' };

/** Makes a code for a person: its digest to keep, its text sealed for notify and then forgotten. */
export function freshCodeFor(keys: RegistryKeys, person: string): FreshCode {
  const content: z.infer<typeof sealedCode> = { text: newCodeText(), person };
  return {
    digest: digestOf(newestKey(keys.pepper), content.text),
    sealed: seal(keys.notifyPublicKey, JSON.stringify(content)),
  };
}

/** Codes: used up, made anew; locks lifted. */
export class CodeDesk {
  readonly #facts: DeskFacts;

  constructor(facts: DeskFacts) {
    this.#facts = facts;
  }

  /**
   * Uses a code up: opens what was shown, decides on what is stored now, and writes only if that is unchanged;
   * else all of it anew. The decision's time is taken anew each time, so a late write is refused.
   */
  async useCode(asked: Asked<'useCode'>): Promise<UseCodeReply> {
    const { keys, codeLifeMs, relay } = this.#facts;
    const { attempt, door, frame, candidates: ids, waitsSince } = asked;
    const { text, capturedAt } = this.#openShown(asked);
    const notAfter = Math.min(asked.notAfter, capturedAt + SHOWN_GOOD_MS);
    const digests = digestsOf(allKeys(keys.pepper), text);
    let fresh = NO_CODE;
    for (let turn = 0; turn < TRIES; turn += 1) {
      const owner = isCodeText(text) ? await this.#ownerOf(digests) : null;
      const candidates = await this.#candidates(ids, owner);
      if (owner && fresh === NO_CODE) fresh = freshCodeFor(keys, owner.id);
      const digest = keptAs(digests, candidates, owner);
      const op = beginOperation(this.#facts, { correlationId: attempt }, 'auth');
      const { reply, writes } = decideUse(
        owner?.document ?? null,
        candidates.map(({ document }) => document),
        { attempt, door, digest, frame, notAfter, waitsSince, fresh, codeLifeMs },
        op,
      );
      if (await this.#writeAll(candidates, writes)) {
        for (const { id, outbox } of writes)
          if (outbox.length > 0) relay.nudge(peopleCollection, id);
        return reply;
      }
      await takeTurn(turn);
    }
    throw neverItsTurn();
  }

  async reissueCode(asked: Asked<'reissueCode'>, origin: Origin): Promise<void> {
    const { store, relay, keys, codeLifeMs } = this.#facts;
    const { person: id, reason, by } = asked;
    const op = beginOperation(this.#facts, origin, by);
    const fresh = freshCodeFor(keys, id);
    await change(store, peopleCollection, id, (current) =>
      reason === 'duress'
        ? issueDuressCode(current, fresh, codeLifeMs, op)
        : reissueCode(current, reason, fresh, codeLifeMs, op),
    );
    relay.nudge(peopleCollection, id);
  }

  async liftLock(asked: Asked<'liftLock'>, origin: Origin): Promise<Person> {
    const { store, relay } = this.#facts;
    const op = beginOperation(this.#facts, origin, asked.by);
    const { stored } = await change(store, peopleCollection, asked.person, (current) =>
      liftLock(current, asked.door, op),
    );
    relay.nudge(peopleCollection, asked.person);
    return describePerson(stored.document, op.now);
  }

  /** What qr sealed. @throws Failure LK-COD-002 where it is of another door, frame or moment, or cannot be opened */
  #openShown(asked: Asked<'useCode'>): ShownCode {
    const shown = readShown(this.#facts.keys.seed, asked.sealed);
    const fits =
      shown?.door === asked.door &&
      shown.frame === asked.frame &&
      shown.capturedAt === asked.capturedAt;
    if (fits) return shown;
    throw Failure.terminal('LK-COD-002');
  }

  async #ownerOf(digests: readonly string[]): Promise<Stored<LivingPerson> | null> {
    const first = { after: '', limit: 1 };
    // Both are always looked for, so that neither takes longer.
    const [code, duress] = await Promise.all([
      this.#facts.store.find(peopleCollection, { code: { in: digests } }, first),
      this.#facts.store.find(peopleCollection, { duress: { in: digests } }, first),
    ]);
    return asMember(code.items[0] ?? duress.items[0] ?? null);
  }

  /** The candidates who are still there; the owner, where among them, as read before. */
  async #candidates(
    ids: readonly string[],
    owner: Stored<LivingPerson> | null,
  ): Promise<Stored<LivingPerson>[]> {
    const found = await Promise.all(
      ids.map(async (id) =>
        id === owner?.id ? owner : asMember(await this.#facts.store.get(peopleCollection, id)),
      ),
    );
    return found.filter((stored) => stored !== null);
  }

  async #writeAll(
    read: readonly Stored<LivingPerson>[],
    writes: readonly LivingPerson[],
  ): Promise<boolean> {
    for (const next of writes) {
      const version = read.find(({ id }) => id === next.id)?.version ?? 0;
      const result = await this.#facts.store.replace(peopleCollection, next.id, version, next);
      if (!result.ok) return false;
    }
    return true;
  }
}

/** As which of its digests a code is or was kept; as the newest pepper makes it, where as none. */
function keptAs(
  digests: readonly string[],
  candidates: readonly Stored<LivingPerson>[],
  owner: Stored<LivingPerson> | null,
): string {
  const kept = [owner, ...candidates].flatMap((one) =>
    one
      ? [one.document.code?.digest, one.document.duress?.digest, one.document.lastUse?.digest]
      : [],
  );
  return digests.find((digest) => kept.includes(digest)) ?? digests[0] ?? '';
}

function asMember<D>(stored: Stored<D> | null): Stored<LivingPerson> | null {
  const candidate = stored as Stored<LivingPerson> | null;
  return candidate && isMember(candidate.document) ? candidate : null;
}

function readShown(seed: Held<string>, sealed: string): ShownCode | null {
  try {
    return shownCode.parse(JSON.parse(new TextDecoder().decode(open(seed, sealed))));
  } catch {
    // The cause could quote the code.
    return null;
  }
}

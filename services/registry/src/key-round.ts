import { allKeys, type Held, newestKey } from '@latchkey/runtime';
import type { RegistryKeys } from './desk.js';
import { isByPepper } from './domain/code-text.pure.js';
import { type OperatorRecord, operatorsCollection } from './domain/operator.pure.js';
import { type PersonRecord, peopleCollection } from './domain/person.pure.js';
import { type Sighting, sightingsCollection } from './domain/sighting.pure.js';
import type { CollectionDefinition, Store } from './store/store.port.js';
import { rewrapped } from './vault.js';

const PAGE = 200;

/** What a look through all documents found. */
interface Found {
  /** Documents that were written by another meanwhile: the next round sees them again. */
  left: number;
  /** Codes whose digest another pepper than the newest has made. */
  oldCodes: number;
}

/** What lies on the broker, sealed or signed. */
interface Written {
  rewrite(): Promise<void>;
}

/** After a rotation: writes anew what lies on the broker, wraps anew what predecessors wrapped, and knows what still needs one. */
export class KeyRound {
  readonly #store: Store;
  readonly #keys: RegistryKeys;
  readonly #written: readonly Written[];
  /** By which keys all of that was written. */
  #writtenBy: string;
  #found: (Found & { readonly for: string }) | undefined;

  constructor(facts: { store: Store; keys: RegistryKeys; written: readonly Written[] }) {
    this.#store = facts.store;
    this.#keys = facts.keys;
    this.#written = facts.written;
    const { facePublicKey, signerKeys } = facts.keys;
    // What was written before may be by a predecessor.
    this.#writtenBy = isAlone(facePublicKey) && isAlone(signerKeys) ? this.#writing() : '';
  }

  async work(): Promise<void> {
    await this.#writeAnew();
    const { masterKey, pepper } = this.#keys;
    if (allKeys(masterKey).length === 1 && allKeys(pepper).length === 1) return;
    const now = this.#newest();
    const found: Found = { left: 0, oldCodes: 0 };
    await this.#each(peopleCollection, found, (person) => this.#person(person, found));
    await this.#each(sightingsCollection, found, (sighting) => this.#sighting(sighting));
    await this.#each(operatorsCollection, found, (operator) => this.#operator(operator));
    this.#found = { ...found, for: now };
  }

  /** Why the master key's predecessor is still needed; null where it isn't. */
  masterNeed(): string | null {
    if (allKeys(this.#keys.masterKey).length === 1) return null;
    const found = this.#current();
    if (!found) return 'the registry is wrapping anew what it wrapped';
    return found.left === 0 ? null : `${found.left} documents are not wrapped anew yet`;
  }

  /** Why the pepper's predecessor is still needed; null where it isn't. */
  pepperNeed(): string | null {
    if (allKeys(this.#keys.pepper).length === 1) return null;
    const found = this.#current();
    if (!found) return 'the registry is looking for codes that need it';
    if (found.oldCodes === 0) return null;
    return `${found.oldCodes} people hold codes that were made with it; they need new ones first`;
  }

  /** Why a predecessor of the face workers' key, or of our own signing key, is still needed; null where none is. */
  writtenNeed(): string | null {
    return this.#writing() === this.#writtenBy
      ? null
      : 'gallery and policies are being written anew';
  }

  async #writeAnew(): Promise<void> {
    const keys = this.#writing();
    if (keys === this.#writtenBy) return;
    for (const written of this.#written) await written.rewrite();
    this.#writtenBy = keys;
  }

  #writing(): string {
    const { facePublicKey, signer } = this.#keys;
    return [newestKey(facePublicKey), signer.publicKey()].join();
  }

  #current(): Found | undefined {
    return this.#found?.for === this.#newest() ? this.#found : undefined;
  }

  #newest(): string {
    const { masterKey, pepper } = this.#keys;
    return [masterKey, pepper].map((key) => Buffer.from(newestKey(key)).toString('hex')).join();
  }

  /** Reads every document and writes those that `renew` changes. */
  async #each<D>(
    collection: CollectionDefinition<D>,
    found: Found,
    renew: (document: D) => D | undefined,
  ): Promise<void> {
    let after = '';
    do {
      const page = await this.#store.find(collection, {}, { after, limit: PAGE });
      for (const { id, version, document } of page.items) {
        const next = renew(document);
        if (!next) continue;
        const written = await this.#store.replace(collection, id, version, next);
        if (!written.ok) found.left += 1;
      }
      after = page.next;
    } while (after !== '');
  }

  #person(person: PersonRecord, found: Found): PersonRecord | undefined {
    if (person.state === 'gone') return undefined;
    const newest = newestKey(this.#keys.pepper);
    const digests = [person.code?.digest, person.duress?.digest].filter((digest) => digest != null);
    if (digests.some((digest) => !isByPepper(newest, digest))) found.oldCodes += 1;
    const key = rewrapped(this.#keys.masterKey, person.id, 'key', person.key);
    return key === undefined ? undefined : { ...person, key };
  }

  #sighting(sighting: Sighting): Sighting | undefined {
    const key = rewrapped(this.#keys.masterKey, sighting.id, 'key', sighting.key);
    return key === undefined ? undefined : { ...sighting, key };
  }

  #operator(operator: OperatorRecord): OperatorRecord | undefined {
    if (operator.state === 'gone') return undefined;
    const renewed = (box: string | null) =>
      box === null ? undefined : rewrapped(this.#keys.masterKey, operator.id, 'totp', box);
    const totp = renewed(operator.totp);
    const pendingTotp = renewed(operator.pendingTotp);
    if (totp === undefined && pendingTotp === undefined) return undefined;
    return {
      ...operator,
      totp: totp ?? operator.totp,
      pendingTotp: pendingTotp ?? operator.pendingTotp,
    };
  }
}

const isAlone = <Key>(key: Held<Key>): boolean => allKeys(key).length === 1;

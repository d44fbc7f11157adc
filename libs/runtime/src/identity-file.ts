import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { identityFile } from '@latchkey/contracts';
import { type Authenticator, nkeyAuthenticator } from '@nats-io/nats-core';
import { fromSeed } from '@nats-io/nkeys';
import { type KeyFile, newestKey } from './key-file.js';
import { keyLines } from './key-files.js';

/** A connection that is asked for again so soon was refused before. */
const AGAIN_WITHIN_MS = 3_000;

/** Who one is on the bus; its file is read again at each connection. */
export interface IdentityFile {
  /** Shows the newest key, and where that is refused, its predecessors in turn: the broker may not know it yet. */
  readonly authenticator: Authenticator;
  /** How many keys there are to be tried. */
  count(): number;
  /** A newer key than the one that was shown last, for trying whether the broker knows it by now; else undefined. */
  newer(): Authenticator | undefined;
}

/**
 * The identity in `bus-<name>.seed`; undefined where there is no such file, for a broker that asks nobody.
 * @throws Failure LK-KEY-001 where the file cannot be read, LK-KEY-002 where it holds no seed of a user
 */
export function openIdentity(dir: string, name: string): IdentityFile | undefined {
  const path = join(dir, `${identityFile(name)}.seed`);
  if (!existsSync(path)) return undefined;
  const seeds: KeyFile<readonly Uint8Array[]> = keyLines(
    path,
    'the seed of an identity: SU and 56 more letters and digits',
    (line) => {
      const seed = new TextEncoder().encode(line);
      fromSeed(seed).getPublicKey();
      return seed;
    },
  );
  let turn = 0;
  let askedMs = Number.NEGATIVE_INFINITY;
  let shown = newestKey(seeds);
  return {
    authenticator: (nonce) => {
      const nowMs = performance.now();
      turn = nowMs - askedMs < AGAIN_WITHIN_MS ? turn + 1 : 0;
      askedMs = nowMs;
      const known = seeds.look();
      shown = known[turn % known.length] ?? shown;
      return nkeyAuthenticator(shown)(nonce);
    },
    count: () => seeds.current.length,
    newer: () => {
      const newest = newestKey(seeds);
      return Buffer.from(newest).equals(shown) ? undefined : nkeyAuthenticator(newest);
    },
  };
}

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { KeyFile, newestKey, withEachKey } from '@latchkey/runtime';
import type { Caller } from '../access/caller.js';
import { Problem } from '../http/problem.js';
import { hearsSilent } from './silent.pure.js';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Longer than any cursor of today, so that all have one length. */
const PADDED_LENGTH = 48;

/** What a cursor must look like, and how to say so. */
export interface CursorShape {
  readonly pattern: RegExp;
  readonly expected: string;
}

/**
 * Cursors count what is stored, silent alarms too: whoever may not hear of those gets them sealed, and can hand in no other.
 * The key is made from one that all gateways hold, so any of them reads what another gave.
 */
export class Cursors {
  readonly #keysDir: string;
  #keys: KeyFile<readonly Buffer[]> | undefined;

  constructor(keysDir: string) {
    this.#keysDir = keysDir;
  }

  /** A cursor as whoever asks is given it. */
  given(asker: Pick<Caller, 'role'>, cursor: string): string {
    return hearsSilent(asker) ? cursor : this.#seal(cursor);
  }

  /** The cursor that somebody goes on from. @throws Problem LK-REQ-001 where it is none that they were given */
  read(
    asker: Pick<Caller, 'role'>,
    text: string,
    { pattern, expected }: CursorShape,
    field = 'query.cursor',
  ): string {
    const cursor = hearsSilent(asker) ? text : this.#open(text);
    if (cursor !== undefined && pattern.test(cursor)) return cursor;
    const faults = [{ field, message: expected }];
    throw new Problem('LK-REQ-001', `${field}: ${expected}`, { faults });
  }

  #held(): KeyFile<readonly Buffer[]> {
    this.#keys ??= new KeyFile([join(this.#keysDir, 'evidence.seed')], ([text = '']) =>
      text.split('\n').map(keyFrom),
    );
    return this.#keys;
  }

  #seal(cursor: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, newestKey(this.#held()), nonce);
    const length = Math.ceil(cursor.length / PADDED_LENGTH) * PADDED_LENGTH;
    const sealed = [cipher.update(cursor.padEnd(length), 'utf8'), cipher.final()];
    return Buffer.concat([nonce, ...sealed, cipher.getAuthTag()]).toString('base64url');
  }

  #open(text: string): string | undefined {
    const bytes = Buffer.from(text, 'base64url');
    if (bytes.length <= NONCE_BYTES + TAG_BYTES) return undefined;
    return withEachKey(this.#held(), (key) => openBy(key, bytes));
  }
}

function keyFrom(seed: string): Buffer {
  return Buffer.from(hkdfSync('sha256', seed, '', 'latchkey cursors', 32));
}

function openBy(key: Buffer, bytes: Buffer): string | undefined {
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  const sealed = bytes.subarray(NONCE_BYTES, -TAG_BYTES);
  try {
    return Buffer.concat([decipher.update(sealed), decipher.final()])
      .toString('utf8')
      .trimEnd();
  } catch {
    return undefined;
  }
}

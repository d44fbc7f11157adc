import type { KeyObject } from 'node:crypto';
import type { BucketDefinition } from '@latchkey/contracts';
import type { z } from 'zod';
import type { Bus } from './bus.js';
import { Failure } from './failure.js';
import type { Held } from './key-file.js';
import { type Bucket, openCodedBucket, parseValue } from './kv.js';
import { isSignedBy, loadSigner, type Signer, watchSignerKey } from './sign.js';

/** An entry as it is kept: a line with its writer's signature over bucket, key and value, then the value. */
export interface SignedEntries {
  write(key: string, json: string): string;
  /** The value as JSON; undefined where its writer has not signed it. */
  read(key: string, bytes: Uint8Array): string | undefined;
}

/**
 * Tells what the writer of a bucket has written from what others had sent there. No permission does: whoever reads what they
 * keep on the broker has it sent to any bucket, by the reply address of a request.
 */
export function signedEntries(
  { name }: BucketDefinition,
  publicKeys: Held<KeyObject>,
  signer?: Signer,
): SignedEntries {
  // It begins unlike an opening's text, so that neither is taken for the other.
  const textOf = (key: string, json: string) => ['latchkey entry 1', name, key, json].join('\n');
  return {
    write: (key, json) => {
      if (!signer) throw new TypeError(`The bucket ${name} is only read here.`);
      return `${signer.sign(textOf(key, json))}\n${json}`;
    },
    read: (key, bytes) => {
      const [signature = '', ...rest] = new TextDecoder().decode(bytes).split('\n');
      const json = rest.join('\n');
      return isSignedBy([publicKeys], textOf(key, json), signature) ? json : undefined;
    },
  };
}

/** Whose signature counts in a bucket. */
export interface SignedBy {
  /** The folder of the key files. */
  readonly keysDir: string;
  /** The signer's name; its private key is read only by who `writes`. */
  readonly signer: string;
  readonly writes?: boolean;
}

/**
 * Opens a bucket in which only what its writer signed counts. What is not signed is passed over by a watch, which goes on with
 * what was there before, and is nothing to who asks for it.
 * @throws Failure LK-KEY-001 or LK-KEY-002, naming the file
 */
export async function openSignedBucket<Value>(
  bus: Bus,
  definition: BucketDefinition,
  schema: z.ZodType<Value>,
  { keysDir, signer, writes = false }: SignedBy,
): Promise<Bucket<Value>> {
  const publicKeys = watchSignerKey(keysDir, signer);
  const own = writes ? await loadSigner(keysDir, signer) : undefined;
  const entries = signedEntries(definition, publicKeys, own);
  const bucket = await openCodedBucket<Value>(bus, definition, {
    write: (key, value) => entries.write(key, JSON.stringify(value)),
    read: (key, bytes) => {
      const json = entries.read(key, bytes);
      if (json === undefined) throw unsigned(definition, key, signer);
      return parseValue(definition, schema, key, json);
    },
  });
  return {
    ...bucket,
    get: async (key) => {
      try {
        return await bucket.get(key);
      } catch (error) {
        if (!(error instanceof Failure) || error.code !== 'LK-BUS-004') throw error;
        bus.log.error({ err: error, bucket: definition.name, key }, 'an entry was passed over');
        return null;
      }
    },
  };
}

const unsigned = ({ name }: BucketDefinition, key: string, signer: string): Failure =>
  Failure.terminal(
    'LK-BUS-004',
    `The entry ${key} of the bucket ${name} is not signed by ${signer}.`,
  );

import type { BucketDefinition } from '@latchkey/contracts';
import { type Bucket, type Bus, openSignedBucket } from '@latchkey/runtime';
import type { z } from 'zod';
import type { GatewayConfig } from '../config.js';

/** A bucket by which the gateway lets somebody in: what another service had sent there counts for nothing. */
export const openOwnBucket = <Value>(
  bus: Bus,
  definition: BucketDefinition,
  schema: z.ZodType<Value>,
  { LK_KEYS_DIR: keysDir }: Pick<GatewayConfig, 'LK_KEYS_DIR'>,
): Promise<Bucket<Value>> =>
  openSignedBucket(bus, definition, schema, { keysDir, signer: 'gateway', writes: true });

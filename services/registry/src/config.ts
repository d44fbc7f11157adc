import { join } from 'node:path';
import { commonConfig } from '@latchkey/runtime/config';
import { z } from 'zod';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** The registry's settings; the keys are the variables' names. */
export const registryConfig = z.object({
  ...commonConfig,
  LK_DATA_DIR: z.string().default('var').meta({ description: 'the folder of what is kept' }),
  LK_STORE_URL: z
    .string()
    .regex(/^(file:.+|mongodb(\+srv)?:\/\/.+)$/, 'must be file:<path> or mongodb://…')
    .optional()
    .meta({ description: 'where people and doors are stored; file:<LK_DATA_DIR>/registry.db' }),
  LK_REGISTRY_URL: z
    .string()
    .regex(/^\S+:\d{1,5}$/, 'must be host:port')
    .default('127.0.0.1:7420')
    .meta({ description: 'where others reach it by gRPC, and where it listens' }),
  LK_GRPC_HOST: z.string().optional().meta({
    description: 'the address to listen on, where it is another than LK_REGISTRY_URL says',
  }),
  LK_GRPC_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .optional()
    .meta({ description: 'the port to listen on, where it is another; 0: any free one' }),
  LK_CODE_MAX_AGE_DAYS: z.coerce
    .number()
    .int()
    .min(0)
    .max(3_650)
    .default(0)
    .meta({ description: 'days after which an unused code expires, 0: never' }),
  LK_RETENTION_DAYS: z.coerce.number().int().min(0).max(3_650).default(0).meta({
    description: 'days without an entry after which a person is forgotten, 0: never',
  }),
  LK_VISITOR_LIKENESS: z.enum(['off', 'on']).default('off').meta({
    description:
      'on: strangers who were turned away are compared with each other, for which the templates of their faces are kept',
  }),
  LK_VISITOR_LIKENESS_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(30)
    .default(7)
    .meta({ description: 'days after which the template of a stranger goes' }),
});
export type RegistryConfig = z.infer<typeof registryConfig>;

/** The store's address. */
export function storeUrlOf(config: RegistryConfig): string {
  return config.LK_STORE_URL ?? `file:${join(config.LK_DATA_DIR, 'registry.db')}`;
}

/** `host:port` to listen on. */
export function grpcAddressOf(config: RegistryConfig): string {
  const at = config.LK_REGISTRY_URL.lastIndexOf(':');
  const host = config.LK_GRPC_HOST ?? config.LK_REGISTRY_URL.slice(0, at);
  return `${host}:${config.LK_GRPC_PORT ?? config.LK_REGISTRY_URL.slice(at + 1)}`;
}

/** How long a code is good for; `null`: until it is used. */
export function codeLifeMsOf(config: RegistryConfig): number | null {
  return config.LK_CODE_MAX_AGE_DAYS === 0 ? null : config.LK_CODE_MAX_AGE_DAYS * DAY_MS;
}

/** For how long a person is kept who enters nowhere; `null`: for ever. */
export function retentionMsOf(config: RegistryConfig): number | null {
  return config.LK_RETENTION_DAYS === 0 ? null : config.LK_RETENTION_DAYS * DAY_MS;
}

/** For how many days strangers' templates are kept to compare others with; 0: none is. */
export function likenessDaysOf(config: RegistryConfig): number {
  return config.LK_VISITOR_LIKENESS === 'on' ? config.LK_VISITOR_LIKENESS_DAYS : 0;
}

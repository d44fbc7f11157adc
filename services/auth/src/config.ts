import { commonConfig } from '@latchkey/runtime/config';
import { z } from 'zod';

/** The settings of auth; keys are the variables' names. */
export const authConfig = z.object({
  ...commonConfig,
  LK_REGISTRY_URL: z
    .string()
    .regex(/^[^\s/:]+:\d{1,5}$/, 'must be host:port')
    .default('127.0.0.1:7420')
    .meta({ description: "the address of the registry's gRPC" }),
});
export type AuthConfig = z.infer<typeof authConfig>;

import { commonConfig } from '@latchkey/runtime/config';
import { z } from 'zod';

/** The settings of face. */
export const faceConfig = z.object({
  ...commonConfig,
  LK_MODEL_DIR: z
    .string()
    .optional()
    .meta({ description: 'the folder of a model pack; without it, the one that is shipped' }),
  LK_SNAPSHOT_EVERY_MS: z.coerce
    .number()
    .int()
    .min(0)
    .max(60_000)
    .default(1_000)
    .meta({ description: 'the least time between two snapshots of a door' }),
});
export type FaceConfig = z.infer<typeof faceConfig>;

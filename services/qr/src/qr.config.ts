import { commonConfig } from '@latchkey/runtime/config';
import { z } from 'zod';

/** The settings of qr. */
export const qrConfig = z.object({
  ...commonConfig,
  LK_QR_BUDGET_MS: z.coerce
    .number()
    .int()
    .min(0)
    .max(500)
    .default(40)
    .meta({ description: 'how long further tries to read a code may begin in a frame' }),
});
export type QrConfig = z.infer<typeof qrConfig>;

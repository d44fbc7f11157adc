import { z } from 'zod';

const count = (what: string, usually: number) =>
  z.coerce
    .number()
    .int()
    .min(0)
    .max(99)
    .default(usually)
    .meta({ description: `how many ${what} run` });

const port = (of: string) =>
  z.coerce
    .number()
    .int()
    .min(1)
    .max(65_535)
    .optional()
    .meta({ description: `the port of ${of}` });

/** The stack's own settings; keys are the variables' names. */
export const stackConfig = z.object({
  LK_FACE_WORKERS: count('face workers', 2),
  LK_QR_WORKERS: count('qr workers', 1),
  LK_AUTH_REPLICAS: count('replicas of auth', 2),
  LK_GATEWAY_PORT: port('the API'),
  LK_KIOSK_PORT: port('kiosks without TLS'),
  LK_KIOSK_TLS_PORT: port('kiosks over TLS'),
});
export type StackConfig = z.infer<typeof stackConfig>;

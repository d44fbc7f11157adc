import { accessSync, constants, readFileSync } from 'node:fs';
import { cameraId, doorId } from '@latchkey/contracts';
import { commonConfig } from '@latchkey/runtime/config';
import { z } from 'zod';

/** A camera that is played from files. */
export const cameraSettings = z.object({
  door: doorId,
  camera: cameraId.default('main'),
  source: z.string().min(1),
  fps: z.number().min(0.1).max(60).default(10),
  loop: z.boolean().default(true),
});
export type CameraSettings = z.infer<typeof cameraSettings>;

const cameraList = z
  .array(cameraSettings)
  .max(256)
  .refine((cameras) => new Set(cameras.map(laneKey)).size === cameras.length, {
    message: 'a door has two cameras of one name',
  });

/** What tells a camera from all others. */
export function laneKey({ door, camera }: { door: string; camera: string }): string {
  return `${door}/${camera}`;
}

const readableFile = z.string().refine(isReadable, { message: 'must be a file that can be read' });

const port = (usually: number) => z.coerce.number().int().min(0).max(65_535).default(usually);

/** The settings of capture. */
export const captureConfig = z
  .object({
    ...commonConfig,
    LK_CAMERAS: z
      .string()
      .default('[]')
      .transform((text, context) => readCameras(text, context))
      .meta({ description: 'cameras as JSON, or the path of a file that holds it' }),
    LK_KIOSK_HOST: z
      .string()
      .default('127.0.0.1')
      .meta({ description: 'the address on which kiosks are served without TLS' }),
    LK_KIOSK_PORT: port(8081).meta({
      description: 'the port on which kiosks are served without TLS, 0: any free one',
    }),
    LK_KIOSK_TLS_HOST: z
      .string()
      .default('0.0.0.0')
      .meta({ description: 'the address on which kiosks are served over TLS' }),
    LK_KIOSK_TLS_PORT: port(8443).meta({
      description: 'the port on which kiosks are served over TLS, 0: any free one',
    }),
    LK_KIOSK_PAGES_DIR: z
      .string()
      .optional()
      .meta({ description: "the folder of the kiosk's built pages" }),
    LK_KIOSK_MAX: z.coerce
      .number()
      .int()
      .min(1)
      .max(10_000)
      .default(256)
      .meta({ description: 'how many kiosks may be connected' }),
    LK_TLS_CERT_FILE: readableFile.optional().meta({ description: 'the certificate chain, PEM' }),
    LK_TLS_KEY_FILE: readableFile.optional().meta({ description: 'its private key, PEM' }),
  })
  .refine((config) => Boolean(config.LK_TLS_CERT_FILE) === Boolean(config.LK_TLS_KEY_FILE), {
    path: ['LK_TLS_KEY_FILE'],
    message: 'LK_TLS_CERT_FILE and LK_TLS_KEY_FILE go together',
  });
export type CaptureConfig = z.infer<typeof captureConfig>;

function readCameras(text: string, context: z.RefinementCtx<string>): CameraSettings[] {
  const fault = (message: string): never => {
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  };
  let json: unknown;
  try {
    json = JSON.parse(text.trimStart().startsWith('[') ? text : readFileSync(text, 'utf8'));
  } catch {
    return fault(
      'must be JSON [{"door", "camera", "source", "fps", "loop"}] or a readable file of it',
    );
  }
  const parsed = cameraList.safeParse(json);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  return fault(faults.join('; '));
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

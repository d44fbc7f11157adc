import { z } from 'zod';

const fileSchema = z.object({
  file: z.string().min(1).describe('path of the ONNX file, relative to the manifest'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits'),
});

/** `manifest.json` of a model pack. */
export const packManifestSchema = z.object({
  name: z.string().min(1),
  version: z.string().min(1),
  licence: z.string().min(1),
  models: z.object({
    detect: fileSchema,
    landmarks: fileSchema,
    embed: fileSchema,
    liveness: fileSchema,
    eyes: fileSchema,
    pose: fileSchema,
  }),
});

export type PackManifest = z.infer<typeof packManifestSchema>;

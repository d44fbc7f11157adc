import { z } from 'zod';

const fileSchema = z.object({
  file: z.string().min(1).describe('path of the ONNX file, relative to the manifest'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits'),
});

const figure = z.number().nullable();

/** What the pack's maker measured of its models, so that it can be told beside what a site measures itself. */
const publishedFigures = z.object({
  what: z.enum(['faces', 'gallery', 'liveness']).describe('what `latchkey evaluate` measured'),
  at: z.iso.datetime().describe('when'),
  dataSet: z.string().min(1).describe('on which pictures, and what that is worth'),
  command: z.string().min(1).describe('what measures it again'),
  models: z.record(z.string(), z.string()).describe('the SHA-256 of each model that was measured'),
  figures: z.record(z.string(), z.union([figure, z.record(z.string(), figure)])),
});
export type PublishedFigures = z.infer<typeof publishedFigures>;

/** `manifest.json` of a model pack. */
export const packManifestSchema = z
  .object({
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
    figures: z.array(publishedFigures).default([]),
  })
  .refine(
    ({ models, figures }) =>
      figures.every((measured) =>
        Object.entries(models).every(([name, { sha256 }]) => measured.models[name] === sha256),
      ),
    { path: ['figures'], message: 'were measured with other models than these; measure again' },
  );

export type PackManifest = z.infer<typeof packManifestSchema>;

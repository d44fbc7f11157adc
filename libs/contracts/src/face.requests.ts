import { z } from 'zod';
import { defineRequest } from './define.js';
import { publishedEvaluation } from './evaluation.values.js';
import { cameraId, doorId, epochMs, frameId } from './words.js';

/** The longest side of a door's picture, in pixels: with it, it fits into a message whatever it shows. */
export const DOOR_PICTURE_MAX_SIDE_PX = 960;

/** Of which door the picture is wanted. */
export const pictureWish = z.object({ door: doorId });

/** What a door's camera sees now. A worker that is asked looks for codes in the newest frame and blurs them. */
export const facePicture = defineRequest({
  template: 'lk.v1.face.picture',
  summary:
    'The newest picture of a door, codes in it blurred, sealed for evidence; the payload names the door, `{"door": "library-north"}`. Where no camera has sent any for 2 s: `LK-DOR-004`.',
  requestContentType: 'application/json',
  timeoutMs: 3_000,
  reply: z.object({
    door: doorId,
    camera: cameraId,
    frame: frameId,
    capturedAt: epochMs,
    picture: z
      .string()
      .regex(/^[A-Za-z0-9_-]+$/)
      .max(1_000_000)
      .meta({ description: 'Seals a JPEG for evidence; base64url.' }),
  }),
  example: {
    door: 'library-north',
    camera: 'main',
    frame: '0198f6a2-7d10-7b2e-8c44-5a1f9e2d3c21',
    capturedAt: 1_790_000_000_000,
    picture: 'WERWU0VBTEVE',
  },
});

/** A model's file. */
const modelFile = z.object({
  file: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** Which models the face workers run. */
export const modelPack = z.object({
  id: z.string().meta({ description: 'Tells packs apart whose templates cannot be compared.' }),
  name: z.string(),
  version: z.string(),
  licence: z.string(),
  models: z.record(z.string(), modelFile).meta({ description: 'By what each is for.' }),
  figures: z
    .array(publishedEvaluation)
    .default([])
    .meta({ description: 'How well they did when the pack was made.' }),
});
export type ModelPackFacts = z.infer<typeof modelPack>;

/** Which models a worker runs. All of a campus run the same, so any of them may answer. */
export const faceModels = defineRequest({
  template: 'lk.v1.face.models',
  summary: 'Which models the face workers run. The question is empty.',
  requestContentType: 'text/plain',
  timeoutMs: 2_000,
  reply: modelPack,
  example: {
    id: 'default@1#0123456789ab',
    name: 'default',
    version: '1',
    licence: 'MIT',
    models: { embed: { file: 'embed.onnx', sha256: '0'.repeat(64) } },
    figures: [
      {
        what: 'gallery',
        at: '2026-11-23T03:00:00.000Z',
        dataSet: '100 people, five samples each',
        command: 'latchkey evaluate gallery --enrol enrol --probe probe',
        figures: { right: 99, wrong: 0, unknown: 1, fpir: 0, fnir: 0.01, threshold: 0.4 },
      },
    ],
  },
});

import { z } from 'zod';
import { defineEvent } from './define.js';
import {
  box,
  cameraId,
  doorId,
  epochMs,
  fraction,
  frameId,
  lineId,
  objectKey,
  personId,
  sealed,
  similarity,
} from './words.js';

const seen = z.object({
  door: doorId,
  camera: cameraId,
  line: lineId.optional(),
  frame: frameId,
  capturedAt: epochMs.meta({
    description: "The frame's broker timestamp less the time capture held it.",
  }),
  widthPx: z.int().positive(),
  heightPx: z.int().positive(),
});

/** Someone of the gallery whom a probe resembles. */
const candidate = z.object({ person: personId, score: similarity });

const face = z.object({
  box,
  detection: fraction.meta({ description: "The detector's score." }),
  quality: fraction.meta({
    description: 'Size, sharpness, light and pose as one number; see libs/vision.',
  }),
  usable: z.boolean().meta({ description: 'Large and sharp enough to be identified.' }),
  liveness: fraction
    .nullable()
    .meta({ description: 'The share of live, or null where it was not judged.' }),
  eyesOpen: fraction.optional().meta({
    description: 'How open the more open of the two eyes is; left out where it was not measured.',
  }),
  yawDeg: z.number().min(-90).max(90).optional().meta({
    description: 'To which side the head is turned; positive: to the person’s right.',
  }),
  candidates: z.array(candidate).max(8).meta({
    description:
      'Ranked, those above the threshold that follows the size of the gallery; empty: unknown.',
  }),
  clear: z.boolean().meta({ description: 'The first candidate is clearly ahead of the second.' }),
});

const frame = '0198f6a2-6f5e-7c3a-9a51-3d2f6f0f4b11';
const seenExample = {
  door: 'library-north',
  camera: 'main',
  frame,
  capturedAt: 1_790_000_000_000,
  widthPx: 640,
  heightPx: 480,
};

/** The faces in a frame, the one nearest to the camera first. An empty list is an observation too: nobody is there. */
export const facesObserved = defineEvent({
  template: 'lk.v1.observation.face.{door}',
  stream: 'OBSERVATIONS',
  summary: 'The faces seen in a frame, the nearest first, with whom they resemble.',
  data: seen.extend({
    faces: z.array(face).max(16),
    threshold: similarity.meta({ description: 'The similarity from which a candidate is listed.' }),
    picture: z
      .string()
      .regex(/^[A-Za-z0-9_-]{11}$/)
      .optional()
      .meta({
        description:
          'Tells pictures apart and nothing else: 64 bits of a digest. No two of a real camera are the same.',
      }),
    snapshot: objectKey
      .nullable()
      .meta({ description: 'The sealed picture in `snapshots`, if one was kept.' }),
  }),
  example: {
    ...seenExample,
    faces: [
      {
        box: { x: 210, y: 120, width: 180, height: 220 },
        detection: 0.99,
        quality: 0.86,
        usable: true,
        liveness: 0.97,
        candidates: [{ person: 's1024', score: 0.71 }],
        clear: true,
      },
    ],
    threshold: 0.42,
    snapshot: `library-north.${frame}`,
  },
  invalid: [
    {
      why: 'a door id has no dots',
      data: { ...seenExample, door: 'a.b', faces: [], threshold: 0.4, snapshot: null },
    },
    {
      why: 'faces must be a list',
      data: { ...seenExample, faces: null, threshold: 0.4, snapshot: null },
    },
  ],
});

/**
 * Where the face workers hear of each other. Who hears what they may also say could answer themselves, and the broker lets an
 * answer go to whatever address the question names: so they hear what the broker itself republished, where nobody may publish.
 */
export const facesSeen = defineEvent({
  template: 'lk.v1.seen.{door}',
  carries: [facesObserved.type],
  stream: null,
  summary: 'What was told of the faces in a frame, republished by the broker itself.',
  data: facesObserved.data,
  example: facesObserved.example,
  invalid: facesObserved.invalid,
});

/** What the qr service seals for the registry: nothing else on the bus holds a code's text. */
export const shownCode = z.object({
  text: z.string().max(512),
  door: doorId,
  frame: frameId,
  capturedAt: epochMs,
});
export type ShownCode = z.infer<typeof shownCode>;

const showing = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('latchkey'),
    sealed,
    tag: z
      .string()
      .regex(/^[A-Za-z0-9_-]{22}$/)
      .meta({
        description:
          'Tells showings apart and nothing else: a keyed digest, 128 bits, of door and text.',
      }),
    box,
  }),
  z.object({ kind: z.literal('foreign'), box }),
]);

/** The codes in a frame. An empty list is an observation too: it was looked for codes, and none was seen. */
export const codesObserved = defineEvent({
  template: 'lk.v1.observation.qr.{door}',
  stream: 'OBSERVATIONS',
  summary: 'The codes seen in a frame: ours sealed for the registry, others only counted.',
  data: seen.extend({ codes: z.array(showing).max(8) }),
  example: {
    ...seenExample,
    codes: [
      {
        kind: 'latchkey',
        sealed: 'WERWU0VBTEVE',
        tag: 'AAAAAAAAAAAAAAAAAAAAAA',
        box: { x: 250, y: 160, width: 140, height: 140 },
      },
    ],
  },
  invalid: [
    { why: 'codes must be a list, if an empty one', data: { ...seenExample } },
    {
      why: 'the text of a code never travels in clear',
      data: {
        ...seenExample,
        codes: [{ kind: 'latchkey', text: 'LK1.x', box: { x: 0, y: 0, width: 1, height: 1 } }],
      },
    },
  ],
});

export type FacesObserved = z.infer<typeof facesObserved.data>;
export type CodesObserved = z.infer<typeof codesObserved.data>;
export type ObservedFace = z.infer<typeof face>;
export type Candidate = z.infer<typeof candidate>;

import { z } from 'zod';
import { cameraId, doorId, frameId, lineId } from './words.js';

/** The subject of frames; the payload is the bare JPEG, its facts are in headers. */
export const frameSubject = {
  template: 'lk.v1.frame.{door}.{camera}',
  stream: 'FRAMES',
  summary: 'A frame of a camera: a bare JPEG of at most 900 KiB and 4096 px a side.',
} as const;

/** The headers of a frame. */
export const frameHeaders = {
  id: 'Lk-Frame',
  widthPx: 'Lk-Width',
  heightPx: 'Lk-Height',
  /** How long capture held the frame before it published it: broker time less this is the capture time. */
  heldMs: 'Lk-Held-Ms',
  /** `1` where the picture is mirrored, as kiosks show it; codes are then read mirrored first. */
  mirrored: 'Lk-Mirrored',
  /** When it was sent, by the broker's clock as its sender knows it: tells of a frame that was long on its way. */
  sentAtMs: 'Lk-Sent-At',
  /** Which connection of the camera it came by. */
  line: 'Lk-Line',
} as const;

/** What stands in each header of a frame, for whoever publishes frames of their own. */
export const frameHeaderNotes: Readonly<
  Record<keyof typeof frameHeaders, { readonly required: boolean; readonly summary: string }>
> = {
  id: { required: true, summary: 'The id of the frame, a UUID; new for each frame.' },
  widthPx: { required: true, summary: 'The width of the picture in pixels, 1 to 4096.' },
  heightPx: { required: true, summary: 'The height of the picture in pixels, 1 to 4096.' },
  heldMs: {
    required: true,
    summary: 'For how many milliseconds its sender held it, 0 to 60000; `0` where it did not.',
  },
  mirrored: {
    required: false,
    summary: '`1` where the picture is mirrored; else `0`, or left out.',
  },
  sentAtMs: {
    required: false,
    summary:
      'When it was sent, in milliseconds since 1970, by the broker’s clock; left out, when the broker stored it.',
  },
  line: {
    required: false,
    summary:
      'Which connection of the camera it came by, 8 to 36 letters, digits, `-` and `_`, new with each; left out where there is but one.',
  },
};

/** What capture says of a frame. */
export const frameFacts = z.object({
  id: frameId,
  door: doorId,
  camera: cameraId,
  widthPx: z.coerce.number().int().min(1).max(4096),
  heightPx: z.coerce.number().int().min(1).max(4096),
  heldMs: z.coerce.number().min(0).max(60_000),
  mirrored: z
    .union([z.boolean(), z.enum(['0', '1']).transform((flag) => flag === '1')])
    .default(false),
  line: lineId.optional(),
});
export type FrameFacts = z.infer<typeof frameFacts>;

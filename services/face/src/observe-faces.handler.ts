import { setTimeout as delay } from 'node:timers/promises';
import { consumers, facesObserved, type ObservedFace } from '@latchkey/contracts';
import {
  BUS,
  type Bus,
  Failure,
  type Frame,
  type MessageContext,
  OnFrame,
  publishEvent,
} from '@latchkey/runtime';
import { type FaceAnalyser, LIVE_THRESHOLD } from '@latchkey/vision';
import { Controller, Inject } from '@nestjs/common';
import { analyseFrame } from './analyse-frame.js';
import type { LiveGallery } from './gallery.js';
import type { Snapshots } from './snapshots.js';
import { ANALYSER, GALLERY, SNAPSHOTS } from './tokens.js';
import { pictureFailure } from './vision-failure.js';

/**
 * A worker without its gallery would call everyone a stranger, so it holds the frame that it got and pulls no more. Then
 * it lets go of it, so that a shutdown need not wait for a gallery that never comes.
 */
const GALLERY_WAIT_MS = 5_000;

/** A frame → the faces in it, as an observation; also where there are none. */
@Controller()
export class ObserveFacesHandler {
  readonly #bus: Bus;
  readonly #analyser: FaceAnalyser;
  readonly #gallery: LiveGallery;
  readonly #snapshots: Snapshots;

  constructor(
    @Inject(BUS) bus: Bus,
    @Inject(ANALYSER) analyser: FaceAnalyser,
    @Inject(GALLERY) gallery: LiveGallery,
    @Inject(SNAPSHOTS) snapshots: Snapshots,
  ) {
    this.#bus = bus;
    this.#analyser = analyser;
    this.#gallery = gallery;
    this.#snapshots = snapshots;
  }

  @OnFrame(consumers.faceFrames)
  async observe({ facts, jpeg, capturedAtMs }: Frame, _context: MessageContext): Promise<void> {
    await this.#untilReady();
    const { id: frame, door, camera, line } = facts;
    const seen = await analyseFrame(jpeg, this.#gallery, this.#analyser).catch(pictureFailure);
    const where = { door, frame, capturedAt: capturedAtMs };
    // Stored before it is named: who reads the observation finds the picture.
    const nearest = seen.faces.find(({ usable }) => usable);
    const snapshot = nearest
      ? await this.#snapshots.keep(seen.picture, { ...where, isKnown: isKnown(nearest) })
      : null;
    const { widthPx, heightPx, faces, threshold, digest: picture } = seen;
    await publishEvent(
      this.#bus,
      facesObserved,
      { door },
      {
        id: `${frame}:face`,
        correlationId: frame,
        data: { ...where, camera, line, widthPx, heightPx, faces, threshold, picture, snapshot },
      },
    );
  }

  async #untilReady(): Promise<void> {
    if (this.#gallery.state().ready) return;
    await Promise.race([this.#gallery.whenReady(), delay(GALLERY_WAIT_MS)]);
    // A frame that has waited is too old by now: the camera sends its newest after a second.
    throw Failure.benign('LK-BUS-001', 'The gallery is not complete yet; the frame is let go.');
  }
}

function isKnown({ candidates, liveness }: ObservedFace): boolean {
  return candidates.length > 0 && liveness !== null && liveness >= LIVE_THRESHOLD;
}

import { DOOR_PICTURE_MAX_SIDE_PX, facePicture, pictureWish } from '@latchkey/contracts';
import {
  BUS,
  type Bus,
  Failure,
  type MessageContext,
  newestFrame,
  OnRequest,
  type Question,
  seal,
  type Held,
} from '@latchkey/runtime';
import { type CodeReader, decodePicture, encodeJpeg } from '@latchkey/vision';
import { Controller, Inject } from '@nestjs/common';
import type { z } from 'zod';
import { CODE_READER, EVIDENCE_KEY } from './tokens.js';
import { pictureFailure } from './vision-failure.js';
import { withoutCodes } from './without-codes.js';

const JPEG_QUALITY = 75;

/** A door's newest picture for an operator: codes in it blurred, sealed for evidence. */
@Controller()
export class ShowPictureHandler {
  readonly #bus: Bus;
  readonly #reader: CodeReader;
  readonly #evidenceKey: Held<string>;

  constructor(
    @Inject(BUS) bus: Bus,
    @Inject(CODE_READER) reader: CodeReader,
    @Inject(EVIDENCE_KEY) evidenceKey: Held<string>,
  ) {
    this.#bus = bus;
    this.#reader = reader;
    this.#evidenceKey = evidenceKey;
  }

  @OnRequest(facePicture)
  async show(
    { payload }: Question,
    _context: MessageContext,
  ): Promise<z.infer<typeof facePicture.reply>> {
    const { door } = readWish(payload);
    const frame = await newestFrame(this.#bus, door);
    if (!frame) throw Failure.benign('LK-DOR-004', `No camera of ${door} has sent a picture now.`);
    const { facts, jpeg, capturedAtMs } = frame;
    const picture = await decodePicture(jpeg).catch(pictureFailure);
    const shown = await withoutCodes(this.#reader, picture);
    return {
      door,
      camera: facts.camera,
      frame: facts.id,
      capturedAt: Math.max(0, capturedAtMs),
      picture: seal(
        this.#evidenceKey,
        await encodeJpeg(shown, JPEG_QUALITY, DOOR_PICTURE_MAX_SIDE_PX),
      ),
    };
  }
}

/** @throws Failure LK-BUS-004, terminal, where the question names no door. */
function readWish(payload: Uint8Array): z.infer<typeof pictureWish> {
  try {
    return pictureWish.parse(JSON.parse(new TextDecoder().decode(payload)));
  } catch (cause) {
    throw Failure.terminal('LK-BUS-004', 'Expected {"door": "<id>"}.', { cause });
  }
}

import { codesObserved, consumers } from '@latchkey/contracts';
import {
  BUS,
  type Bus,
  CONFIG,
  type Frame,
  type MessageContext,
  OnFrame,
  publishEvent,
} from '@latchkey/runtime';
import type { CodeReader } from '@latchkey/vision';
import { Controller, Inject } from '@nestjs/common';
import { describeCodes, type ShowingKeys } from './describe-codes.js';
import type { QrConfig } from './qr.config.js';
import { CODE_READER, SHOWING_KEYS } from './tokens.js';
import { pictureFailure } from './vision-failure.js';

/** A frame → the codes in it, as an observation; none is one too: that a code is no longer shown is seen by looking. */
@Controller()
export class ObserveCodesHandler {
  readonly #bus: Bus;
  readonly #config: QrConfig;
  readonly #reader: CodeReader;
  readonly #keys: ShowingKeys;

  constructor(
    @Inject(BUS) bus: Bus,
    @Inject(CONFIG) config: QrConfig,
    @Inject(CODE_READER) reader: CodeReader,
    @Inject(SHOWING_KEYS) keys: ShowingKeys,
  ) {
    this.#bus = bus;
    this.#config = config;
    this.#reader = reader;
    this.#keys = keys;
  }

  @OnFrame(consumers.qrFrames)
  async observe({ facts, jpeg, capturedAtMs }: Frame, _context: MessageContext): Promise<void> {
    const budget = { budgetMs: this.#config.LK_QR_BUDGET_MS };
    const codes = await this.#reader.read(jpeg, budget).catch(pictureFailure);
    const { id: frame, door, camera, line, widthPx, heightPx } = facts;
    const where = { door, frame, capturedAt: capturedAtMs };
    await publishEvent(
      this.#bus,
      codesObserved,
      { door },
      {
        id: `${frame}:qr`,
        correlationId: frame,
        data: {
          ...where,
          camera,
          line,
          widthPx,
          heightPx,
          codes: describeCodes(codes, where, this.#keys),
        },
      },
    );
  }
}

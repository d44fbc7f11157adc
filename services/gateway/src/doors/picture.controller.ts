import { facePicture } from '@latchkey/contracts';
import { BUS, type Bus, CONFIG, open, request, watchSeed } from '@latchkey/runtime';
import { Controller, Inject, Res, StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import type { GatewayConfig } from '../config.js';
import { By } from '../access/caller.js';
import { CorrelationId } from '../http/correlation.js';
import { Handles, Input } from '../http/handles.js';
import type { InputOf } from '../http/route.js';
import { Looks } from '../operations/looks.js';
import { getPicture } from './doors.routes.js';

/** What a door's camera sees now. */
@Controller()
export class PictureController {
  readonly #bus: Bus;
  readonly #keysDir: string;
  readonly #looks: Looks;

  constructor(
    @Inject(BUS) bus: Bus,
    @Inject(CONFIG) config: GatewayConfig,
    @Inject(Looks) looks: Looks,
  ) {
    this.#bus = bus;
    this.#keysDir = config.LK_KEYS_DIR;
    this.#looks = looks;
  }

  @Handles(getPicture)
  async get(
    @Input(getPicture) { params }: InputOf<typeof getPicture>,
    @By() by: string,
    @CorrelationId() correlationId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const wish = JSON.stringify({ door: params.id });
    const answer = await request(this.#bus, facePicture, wish, { correlationId });
    const jpeg = open(watchSeed(this.#keysDir, 'evidence'), answer.picture);
    const look = { action: 'door.picture-viewed', subject: params.id, door: params.id } as const;
    await this.#looks.noted(look, { by, correlationId });
    response.set('Last-Modified', new Date(answer.capturedAt).toUTCString());
    return new StreamableFile(jpeg, { type: 'image/jpeg', length: jpeg.length });
  }
}

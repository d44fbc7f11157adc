import {
  type Door,
  type DoorWithToken,
  RegistryServiceService as Registry,
} from '@latchkey/contracts/grpc';
import { Failure } from '@latchkey/runtime';
import { Controller, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import { By } from '../access/caller.js';
import { CorrelationId } from '../http/correlation.js';
import { etagOf } from '../http/etag.pure.js';
import { Handles, Input } from '../http/handles.js';
import { Problem } from '../http/problem.js';
import type { AnswerOf, InputOf } from '../http/route.js';
import { RegistryClient } from '../registry.client.js';
import { toDoorAnswer } from './door-answer.pure.js';
import * as routes from './doors.routes.js';
import type { DoorAnswer } from './doors.schemas.js';

type OneDoor = InputOf<typeof routes.getDoor>;
type WithToken = Promise<AnswerOf<typeof routes.createDoor>>;

/** Doors, their settings and their kiosks' tokens. */
@Controller()
export class DoorsController {
  readonly #registry: RegistryClient;

  constructor(@Inject(RegistryClient) registry: RegistryClient) {
    this.#registry = registry;
  }

  @Handles(routes.createDoor)
  async create(
    @Input(routes.createDoor) { body }: InputOf<typeof routes.createDoor>,
    @By() by: string,
    @CorrelationId() correlationId: string,
    @Res({ passthrough: true }) response: Response,
  ): WithToken {
    const { id: door, ...settings } = body;
    const created = { door, settingsJson: JSON.stringify(settings), by };
    const reply = await this.#registry.call(Registry.createDoor, created, { correlationId });
    response.location(`/api/v1/doors/${door}`);
    return withToken(reply, response);
  }

  @Handles(routes.listDoors)
  async list(@CorrelationId() correlationId: string): Promise<AnswerOf<typeof routes.listDoors>> {
    const { doors } = await this.#registry.call(Registry.listDoors, {}, { correlationId });
    return { doors: doors.map(toDoorAnswer) };
  }

  @Handles(routes.getDoor)
  async get(
    @Input(routes.getDoor) { params }: OneDoor,
    @By() by: string,
    @CorrelationId() correlationId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DoorAnswer> {
    const which = { door: params.id, by };
    return tagged(await this.#registry.call(Registry.getDoor, which, { correlationId }), response);
  }

  @Handles(routes.updateDoor)
  async update(
    @Input(routes.updateDoor) { params, headers, body }: InputOf<typeof routes.updateDoor>,
    @By() by: string,
    @CorrelationId() correlationId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DoorAnswer> {
    const change = {
      door: params.id,
      settingsJson: JSON.stringify(body),
      version: headers['if-match'],
      by,
    };
    try {
      return tagged(
        await this.#registry.call(Registry.updateDoor, change, { correlationId }),
        response,
      );
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'LK-STO-002') throw error;
      // To a condition that does not hold HTTP answers 412 (RFC 9110, If-Match).
      throw new Problem('LK-STO-002', error.message, { status: 412, cause: error });
    }
  }

  @Handles(routes.removeDoor)
  async remove(
    @Input(routes.removeDoor) { params }: OneDoor,
    @By() by: string,
    @CorrelationId() correlationId: string,
  ): Promise<void> {
    await this.#registry.call(Registry.removeDoor, { door: params.id, by }, { correlationId });
  }

  @Handles(routes.renewKioskToken)
  async renew(
    @Input(routes.renewKioskToken) { params }: OneDoor,
    @By() by: string,
    @CorrelationId() correlationId: string,
    @Res({ passthrough: true }) response: Response,
  ): WithToken {
    const which = { door: params.id, by };
    const reply = await this.#registry.call(Registry.renewKioskToken, which, { correlationId });
    return withToken(reply, response);
  }
}

function withToken({ door, kioskToken }: DoorWithToken, response: Response) {
  return { ...tagged(required(door), response), kioskToken };
}

function tagged(door: Door, response: Response): DoorAnswer {
  const answer = toDoorAnswer(door);
  response.set('ETag', etagOf(answer));
  return answer;
}

function required(door: Door | undefined): Door {
  if (door) return door;
  throw Failure.terminal('LK-INT-001', 'The registry answered a kiosk token without its door.');
}

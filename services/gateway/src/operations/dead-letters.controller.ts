import {
  deadSubject,
  filterOf,
  type OperatorAct,
  replayDeadLetter,
  streams,
} from '@latchkey/contracts';
import {
  BUS,
  type Bus,
  dropLetter,
  Failure,
  REPORT,
  type Report,
  request,
} from '@latchkey/runtime';
import type { JsMsg } from '@nats-io/jetstream';
import { Controller, Inject } from '@nestjs/common';
import { awayFailure } from '../events/event-reader.js';
import { Cursors } from '../events/cursors.js';
import { hearsSilent, isSilentId, SILENT_OCCASION } from '../events/silent.pure.js';
import { Asker, By, type Caller } from '../access/caller.js';
import { CorrelationId } from '../http/correlation.js';
import { Handles, Input } from '../http/handles.js';
import type { AnswerOf, InputOf } from '../http/route.js';
import { Acts, type Doing } from './acts.js';
import { MESSAGE_SIZE, toDeadLetter } from './dead-letter.pure.js';
import * as routes from './operations.routes.js';
import { type DeadLetter, sequenceShape } from './operations.schemas.js';
import { readWanted } from './wanted-reader.js';

type OneLetter = InputOf<typeof routes.getDeadLetter>;

/** What could not be handled: told of, handled once more by whoever failed, or thrown away. */
@Controller()
export class DeadLettersController {
  readonly #bus: Bus;
  readonly #report: Report;
  readonly #acts: Acts;
  readonly #cursors: Cursors;

  constructor(
    @Inject(BUS) bus: Bus,
    @Inject(REPORT) report: Report,
    @Inject(Acts) acts: Acts,
    @Inject(Cursors) cursors: Cursors,
  ) {
    this.#bus = bus;
    this.#report = report;
    this.#acts = acts;
    this.#cursors = cursors;
  }

  @Handles(routes.listDeadLetters)
  async list(
    @Input(routes.listDeadLetters) { query }: InputOf<typeof routes.listDeadLetters>,
    @Asker() asker: Caller,
  ): Promise<AnswerOf<typeof routes.listDeadLetters>> {
    const { cursor, limit } = query;
    const before = cursor ? Number(this.#cursors.read(asker, cursor, sequenceShape)) : undefined;
    const stream = streams.DEAD.name;
    const asked = { stream, subject: filterOf(deadSubject), before, limit, headersOnly: true };
    const { answers, next } = await readWanted(this.#bus, asked, (message) =>
      toldTo(asker, letterOf(message)),
    );
    return { deadLetters: answers, next: next && this.#cursors.given(asker, next) };
  }

  @Handles(routes.getDeadLetter)
  async get(
    @Input(routes.getDeadLetter) { params }: OneLetter,
    @Asker() asker: Caller,
  ): Promise<DeadLetter> {
    const letter = toldTo(asker, await this.#letter(params.id));
    if (!letter) throw noLetter(params.id);
    return letter;
  }

  @Handles(routes.replayDeadLetter)
  async replay(
    @Input(routes.replayDeadLetter) { params }: OneLetter,
    @By() by: string,
    @CorrelationId() correlationId: string,
  ): Promise<AnswerOf<typeof routes.replayDeadLetter>> {
    const letter = await this.#letter(params.id);
    const { consumer } = letter;
    const wish = JSON.stringify({ sequence: params.id });
    const facts = { params: { consumer }, correlationId };
    return await this.#act('dead-letter.replay', letter, { by, correlationId }, () =>
      request(this.#bus, replayDeadLetter, wish, facts),
    );
  }

  @Handles(routes.dropDeadLetter)
  async drop(
    @Input(routes.dropDeadLetter) { params }: OneLetter,
    @By() by: string,
    @CorrelationId() correlationId: string,
  ): Promise<void> {
    const letter = await this.#letter(params.id);
    await this.#act('dead-letter.drop', letter, { by, correlationId }, async () => {
      if (!(await dropLetter(this.#bus, params.id))) throw noLetter(params.id);
      return { outcome: 'dropped' };
    });
  }

  /** Does something to a letter, noted and told; what is in it is told nowhere. */
  async #act<Result extends { readonly outcome: string }>(
    action: OperatorAct,
    letter: DeadLetter,
    { by, correlationId }: Doing,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const { id, consumer, event: about, code } = letter;
    const tell = (outcome: string) =>
      this.#report(
        action,
        { sequence: id, consumer, about, errorCode: code, by },
        { correlationId, outcome },
      );
    const words = [consumer, code ?? '', isSilentId(about) ? SILENT_OCCASION : ''];
    const act = { action, subject: `${id}`, detail: words.filter((word) => word).join(' ') };
    try {
      const result = await this.#acts.noted(act, { by, correlationId }, work);
      tell(result.outcome);
      return result;
    } catch (error) {
      tell('failed');
      throw error;
    }
  }

  /** @throws Failure LK-BUS-007 where there is none under that number. */
  async #letter(seq: number): Promise<DeadLetter> {
    const message = await this.#bus.jsm.streams
      .getMessage(streams.DEAD.name, { seq })
      .catch((error: unknown) => {
        throw awayFailure(error);
      });
    if (!message) throw noLetter(seq);
    return toDeadLetter({
      seq,
      subject: message.subject,
      timeMs: message.time.getTime(),
      sizeBytes: message.data.length,
      header: (name) => message.header.get(name),
    });
  }
}

/** A letter as whoever asks is told of it; null where they may not hear of it. Its place among the others counts those, too. */
function toldTo(asker: Caller, letter: DeadLetter): DeadLetter | null {
  if (hearsSilent(asker)) return letter;
  return isSilentId(letter.event) ? null : { ...letter, sequence: null };
}

function letterOf(message: JsMsg): DeadLetter {
  return toDeadLetter({
    seq: message.seq,
    subject: message.subject,
    timeMs: message.info.timestampNanos / 1e6,
    sizeBytes: Number(message.headers?.get(MESSAGE_SIZE) ?? 0),
    header: (name) => message.headers?.get(name) ?? '',
  });
}

function noLetter(seq: number): Failure {
  return Failure.terminal('LK-BUS-007', `There is no dead letter ${seq}.`);
}

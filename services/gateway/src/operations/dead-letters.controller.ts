import { deadSubject, filterOf, replayDeadLetter, streams } from '@latchkey/contracts';
import {
  BUS,
  type Bus,
  dropLetter,
  Failure,
  REPORT,
  type Report,
  request,
} from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import { awayFailure } from '../events/event-reader.js';
import { CorrelationId } from '../http/correlation.js';
import { Handles, Input } from '../http/handles.js';
import type { AnswerOf, InputOf } from '../http/route.js';
import { OPERATOR } from '../operator.js';
import { MESSAGE_SIZE, toDeadLetter } from './dead-letter.pure.js';
import * as routes from './operations.routes.js';
import type { DeadLetter } from './operations.schemas.js';
import { readSequence } from './sequence-reader.js';

type OneLetter = InputOf<typeof routes.getDeadLetter>;

/** What could not be handled: told of, handled once more by whoever failed, or thrown away. */
@Controller()
export class DeadLettersController {
  readonly #bus: Bus;
  readonly #report: Report;

  constructor(@Inject(BUS) bus: Bus, @Inject(REPORT) report: Report) {
    this.#bus = bus;
    this.#report = report;
  }

  @Handles(routes.listDeadLetters)
  async list(
    @Input(routes.listDeadLetters) { query }: InputOf<typeof routes.listDeadLetters>,
  ): Promise<AnswerOf<typeof routes.listDeadLetters>> {
    const { messages, next } = await readSequence(this.#bus, {
      stream: streams.DEAD.name,
      subject: filterOf(deadSubject),
      from: query.cursor ?? 1,
      limit: query.limit,
      headersOnly: true,
    });
    const deadLetters = messages.map((message) =>
      toDeadLetter({
        seq: message.seq,
        subject: message.subject,
        timeMs: message.info.timestampNanos / 1e6,
        sizeBytes: Number(message.headers?.get(MESSAGE_SIZE) ?? 0),
        header: (name) => message.headers?.get(name) ?? '',
      }),
    );
    return { deadLetters, next };
  }

  @Handles(routes.getDeadLetter)
  async get(@Input(routes.getDeadLetter) { params }: OneLetter): Promise<DeadLetter> {
    return await this.#letter(params.id);
  }

  @Handles(routes.replayLetter)
  async replay(
    @Input(routes.replayLetter) { params }: OneLetter,
    @CorrelationId() correlationId: string,
  ): Promise<AnswerOf<typeof routes.replayLetter>> {
    const letter = await this.#letter(params.id);
    const { consumer } = letter;
    const wish = JSON.stringify({ sequence: params.id });
    const facts = { params: { consumer }, correlationId };
    try {
      const answer = await request(this.#bus, replayDeadLetter, wish, facts);
      this.#tell('dead-letter.replayed', letter, { correlationId, outcome: answer.outcome });
      return answer;
    } catch (error) {
      this.#tell('dead-letter.replayed', letter, { correlationId, outcome: 'failed' });
      throw error;
    }
  }

  @Handles(routes.dropDeadLetter)
  async drop(
    @Input(routes.dropDeadLetter) { params }: OneLetter,
    @CorrelationId() correlationId: string,
  ): Promise<void> {
    const letter = await this.#letter(params.id);
    if (!(await dropLetter(this.#bus, params.id))) throw noLetter(params.id);
    this.#tell('dead-letter.dropped', letter, { correlationId, outcome: 'dropped' });
  }

  /** Who did what to which letter; what is in it is told nowhere. */
  #tell(event: string, letter: DeadLetter, facts: { correlationId: string; outcome: string }) {
    const { id, consumer, event: about, code } = letter;
    this.#report(event, { sequence: id, consumer, about, errorCode: code, by: OPERATOR }, facts);
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

function noLetter(seq: number): Failure {
  return Failure.terminal('LK-BUS-007', `There is no dead letter ${seq}.`);
}

import {
  buckets,
  CODE_OCCASION,
  consumers,
  type Delivery,
  delivery,
  replayDeadLetter,
} from '@latchkey/contracts';
import { RegistryServiceService as Registry } from '@latchkey/contracts/grpc';
import {
  BUS,
  type Bucket,
  type Bus,
  dropLetter,
  Failure,
  REPORT,
  type Report,
  request,
} from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import type { JsMsg } from '@nats-io/jetstream';
import { By } from '../access/caller.js';
import { CorrelationId } from '../http/correlation.js';
import { Handles, Input } from '../http/handles.js';
import type { AnswerOf, InputOf } from '../http/route.js';
import { RegistryClient } from '../registry.client.js';
import { DELIVERIES } from '../tokens.js';
import { Acts } from './acts.js';
import { letterOfJob } from './letter-of-job.js';
import { listDeliveries, sendAgain } from './operations.routes.js';
import { readSequence } from './sequence-reader.js';

type SentAgain = AnswerOf<typeof sendAgain>;

const PREFIX = `$KV.${buckets.deliveries.name}.`;

/** What was mailed, and what failed and is sent again. */
@Controller()
export class DeliveriesController {
  readonly #bus: Bus;
  readonly #deliveries: Bucket<Delivery>;
  readonly #registry: RegistryClient;
  readonly #report: Report;
  readonly #acts: Acts;

  constructor(
    @Inject(BUS) bus: Bus,
    @Inject(DELIVERIES) deliveries: Bucket<Delivery>,
    @Inject(RegistryClient) registry: RegistryClient,
    @Inject(REPORT) report: Report,
    @Inject(Acts) acts: Acts,
  ) {
    this.#acts = acts;
    this.#bus = bus;
    this.#deliveries = deliveries;
    this.#registry = registry;
    this.#report = report;
  }

  @Handles(listDeliveries)
  async list(
    @Input(listDeliveries) { query }: InputOf<typeof listDeliveries>,
  ): Promise<AnswerOf<typeof listDeliveries>> {
    // A bucket is a stream that keeps the newest entry of each key, so it pages like one.
    const { messages, next } = await readSequence(this.#bus, {
      stream: `KV_${buckets.deliveries.name}`,
      subject: `${PREFIX}>`,
      from: query.cursor ?? 1,
      limit: query.limit,
    });
    const deliveries = messages
      .flatMap(answerOf)
      .filter(({ state }) => query.state === undefined || state === query.state);
    return { deliveries, next };
  }

  @Handles(sendAgain)
  async sendAgain(
    @Input(sendAgain) { params }: InputOf<typeof sendAgain>,
    @By() by: string,
    @CorrelationId() correlationId: string,
  ): Promise<SentAgain> {
    const entry = await this.#deliveries.get(params.id);
    if (!entry) throw Failure.terminal('LK-MAIL-004', `There is no delivery ${params.id}.`);
    const { job, state, occasion, recipient } = entry.value;
    if (state === 'sent') throw Failure.terminal('LK-MAIL-005', 'It was sent.');
    if (state === 'superseded') {
      throw Failure.terminal('LK-MAIL-005', 'A newer code was issued since.');
    }
    const act = {
      action: 'delivery.send-again',
      subject: params.id,
      person: recipient,
      detail: occasion,
    } as const;
    const answer = await this.#acts.noted(act, { by, correlationId }, () =>
      occasion.startsWith(CODE_OCCASION) && recipient !== null
        ? this.#newCode(job, { person: recipient, by }, correlationId)
        : this.#replay(job, correlationId),
    );
    const facts = { job, delivery: params.id, by };
    this.#report('delivery.sent-again', facts, { correlationId, outcome: answer.outcome });
    return answer;
  }

  /** The code that was not mailed is void with the new one, and its dead letter of no use. */
  async #newCode(
    job: string,
    whom: { readonly person: string; readonly by: string },
    correlationId: string,
  ): Promise<SentAgain> {
    const wish = { ...whom, reason: 'reissued' };
    await this.#registry.call(Registry.reissueCode, wish, { correlationId });
    const letter = await letterOfJob(this.#bus, consumers.notifyCode, job);
    if (letter !== null) await dropLetter(this.#bus, letter);
    return { outcome: 'new-code' };
  }

  async #replay(job: string, correlationId: string): Promise<SentAgain> {
    const sequence = await letterOfJob(this.#bus, consumers.notifyMail, job);
    if (sequence === null) {
      throw Failure.terminal('LK-MAIL-005', 'Its dead letter was replayed or dropped.');
    }
    const params = { consumer: consumers.notifyMail.durable };
    const wish = JSON.stringify({ sequence });
    const replayed = await request(this.#bus, replayDeadLetter, wish, { params, correlationId });
    return { outcome: replayed.outcome === 'handled' ? 'sent' : 'nothing-to-do' };
  }
}

function answerOf(message: JsMsg) {
  if (message.data.length === 0) return [];
  const parsed = delivery.safeParse(jsonOf(message.data));
  if (!parsed.success) return [];
  const { at, ...facts } = parsed.data;
  const id = message.subject.slice(PREFIX.length);
  return [{ id, ...facts, at: new Date(at).toISOString() }];
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

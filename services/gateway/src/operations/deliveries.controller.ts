import { CODE_OCCASION, consumers, type Delivery, replayDeadLetter } from '@latchkey/contracts';
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
import { Asker, By, type Caller } from '../access/caller.js';
import { Cursors } from '../events/cursors.js';
import { hearsSilent, isSilentId } from '../events/silent.pure.js';
import { CorrelationId } from '../http/correlation.js';
import { Handles, Input } from '../http/handles.js';
import type { AnswerOf, InputOf } from '../http/route.js';
import { RegistryClient } from '../registry.client.js';
import { DELIVERIES } from '../tokens.js';
import { Acts } from './acts.js';
import { readDeliveries } from './delivery-reader.js';
import { letterOfJob } from './letter-of-job.js';
import { listDeliveries, sendAgain } from './operations.routes.js';
import { sequenceShape } from './operations.schemas.js';

type SentAgain = AnswerOf<typeof sendAgain>;

/** What was mailed, and what failed and is sent again. */
@Controller()
export class DeliveriesController {
  readonly #bus: Bus;
  readonly #deliveries: Bucket<Delivery>;
  readonly #registry: RegistryClient;
  readonly #report: Report;
  readonly #acts: Acts;
  readonly #cursors: Cursors;

  constructor(
    @Inject(BUS) bus: Bus,
    @Inject(DELIVERIES) deliveries: Bucket<Delivery>,
    @Inject(RegistryClient) registry: RegistryClient,
    @Inject(REPORT) report: Report,
    @Inject(Acts) acts: Acts,
    @Inject(Cursors) cursors: Cursors,
  ) {
    this.#acts = acts;
    this.#cursors = cursors;
    this.#bus = bus;
    this.#deliveries = deliveries;
    this.#registry = registry;
    this.#report = report;
  }

  @Handles(listDeliveries)
  async list(
    @Input(listDeliveries) { query }: InputOf<typeof listDeliveries>,
    @Asker() asker: Caller,
  ): Promise<AnswerOf<typeof listDeliveries>> {
    const { state: wanted, cursor, limit } = query;
    const page = await readDeliveries(this.#bus, {
      before: cursor ? Number(this.#cursors.read(asker, cursor, sequenceShape)) : undefined,
      limit,
      isWanted: ({ job, state }) =>
        (wanted === undefined || state === wanted) && (hearsSilent(asker) || !isSilentId(job)),
    });
    return { ...page, next: page.next && this.#cursors.given(asker, page.next) };
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
        ? this.#newCode(job, { person: recipient, by, occasion }, correlationId)
        : this.#replay(job, correlationId),
    );
    const facts = { job, delivery: params.id, by };
    this.#report('delivery.sent-again', facts, { correlationId, outcome: answer.outcome });
    return answer;
  }

  /** The code that was not mailed is void with the new one, and its dead letter of no use. */
  async #newCode(
    job: string,
    whom: { readonly person: string; readonly by: string; readonly occasion: string },
    correlationId: string,
  ): Promise<SentAgain> {
    const { person, by, occasion } = whom;
    const reason = occasion === `${CODE_OCCASION}duress` ? 'duress' : 'reissued';
    const wish = { person, by, reason };
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

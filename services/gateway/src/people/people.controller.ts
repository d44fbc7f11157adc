import {
  type Person,
  type PersonRef,
  RegistryServiceService as Registry,
} from '@latchkey/contracts/grpc';
import { Controller, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import { By } from '../access/caller.js';
import { CorrelationId } from '../http/correlation.js';
import { Handles, Input } from '../http/handles.js';
import type { AnswerOf, InputOf } from '../http/route.js';
import { RegistryClient, type RegistryMethod } from '../registry.client.js';
import { etagOf } from '../http/etag.pure.js';
import * as routes from './people.routes.js';
import type { PersonAnswer } from './people.schemas.js';
import { toReceiptAnswer } from './person-answer.pure.js';
import { PersonAnswers } from './person-answers.js';

type OnePerson = InputOf<typeof routes.getPerson>;
type Answer = Promise<AnswerOf<typeof routes.getPerson>>;

/** To forget everybody takes the longer the more there are. */
const DELETE_ALL_MS = 60_000;

/** People: registration, suspension, codes, erasure. The registry decides; this only translates. */
@Controller()
export class PeopleController {
  readonly #registry: RegistryClient;
  readonly #answers: PersonAnswers;

  constructor(
    @Inject(RegistryClient) registry: RegistryClient,
    @Inject(PersonAnswers) answers: PersonAnswers,
  ) {
    this.#registry = registry;
    this.#answers = answers;
  }

  @Handles(routes.createPerson)
  async create(
    @Input(routes.createPerson) { body }: InputOf<typeof routes.createPerson>,
    @By() by: string,
    @CorrelationId() correlationId: string,
  ): Answer {
    const { id, consent, ...facts } = body;
    const draft = { person: id, by, ...facts, consent: consent?.version ?? '' };
    return this.#answers.of(
      await this.#registry.call(Registry.createDraft, draft, { correlationId }),
    );
  }

  @Handles(routes.commitPerson)
  async commit(
    @Input(routes.commitPerson) { params }: OnePerson,
    @By() by: string,
    @CorrelationId() correlationId: string,
  ): Promise<AnswerOf<typeof routes.commitPerson>> {
    const whom = { person: params.id, by };
    const enrolled = await this.#registry.call(Registry.commitDraft, whom, { correlationId });
    const alike = enrolled.alike.map(({ person: id, score: similarity }) => ({ id, similarity }));
    return { ...(await this.#answers.of(enrolled)), alike };
  }

  @Handles(routes.abandonPerson)
  async abandon(
    @Input(routes.abandonPerson) { params, body }: InputOf<typeof routes.abandonPerson>,
    @By() by: string,
    @CorrelationId() correlationId: string,
  ): Promise<void> {
    const abandoned = { person: params.id, by, ...body };
    await this.#registry.call(Registry.abandonDraft, abandoned, { correlationId });
  }

  @Handles(routes.listPeople)
  async list(
    @Input(routes.listPeople) { query }: InputOf<typeof routes.listPeople>,
    @CorrelationId() correlationId: string,
  ): Promise<AnswerOf<typeof routes.listPeople>> {
    const page = await this.#registry.call(
      Registry.listPeople,
      {
        state: query.state ?? '',
        group: query.group ?? '',
        q: query.q ?? '',
        sort: query.sort,
        pageSize: query.limit,
        pageToken: query.cursor ?? '',
      },
      { correlationId },
    );
    return {
      people: await this.#answers.ofAll(page.people),
      next: page.nextPageToken || null,
      total: page.total,
      totalIsMore: page.totalIsMore,
    };
  }

  @Handles(routes.getPerson)
  async get(
    @Input(routes.getPerson) { params }: OnePerson,
    @By() by: string,
    @CorrelationId() correlationId: string,
    @Res({ passthrough: true }) response: Response,
  ): Answer {
    return tagged(await this.#act(Registry.getPerson, params.id, { by, correlationId }), response);
  }

  @Handles(routes.updatePerson)
  async update(
    @Input(routes.updatePerson) { params, headers, body }: InputOf<typeof routes.updatePerson>,
    @By() by: string,
    @CorrelationId() correlationId: string,
    @Res({ passthrough: true }) response: Response,
  ): Answer {
    const change = { person: params.id, version: headers['if-match'], by, ...body };
    const changed = await this.#registry.call(Registry.updatePerson, change, { correlationId });
    return tagged(await this.#answers.of(changed), response);
  }

  @Handles(routes.beginEnrolment)
  async begin(
    @Input(routes.beginEnrolment) { params, body }: InputOf<typeof routes.beginEnrolment>,
    @By() by: string,
    @CorrelationId() correlationId: string,
  ): Answer {
    const begun = { person: params.id, by, consent: body.consent?.version ?? '' };
    return this.#answers.of(
      await this.#registry.call(Registry.beginEnrolment, begun, { correlationId }),
    );
  }

  @Handles(routes.deletePerson)
  async delete(
    @Input(routes.deletePerson) { params }: OnePerson,
    @By() by: string,
    @CorrelationId() correlationId: string,
  ): Promise<AnswerOf<typeof routes.deletePerson>> {
    const whom = { person: params.id, by };
    return toReceiptAnswer(
      await this.#registry.call(Registry.deletePerson, whom, { correlationId }),
    );
  }

  @Handles(routes.deleteAllPeople)
  async deleteAll(
    @Input(routes.deleteAllPeople) _confirmed: InputOf<typeof routes.deleteAllPeople>,
    @By() by: string,
    @CorrelationId() correlationId: string,
  ): Promise<AnswerOf<typeof routes.deleteAllPeople>> {
    const facts = { correlationId, deadlineMs: DELETE_ALL_MS };
    const reply = await this.#registry.call(Registry.deleteAllPeople, { by }, facts);
    return { receipts: reply.receipts.map(toReceiptAnswer) };
  }

  @Handles(routes.reissueCode)
  async reissue(
    @Input(routes.reissueCode) { params }: OnePerson,
    @By() by: string,
    @CorrelationId() correlationId: string,
  ): Promise<void> {
    const wish = { person: params.id, reason: 'reissued', by };
    await this.#registry.call(Registry.reissueCode, wish, { correlationId });
  }

  @Handles(routes.issueDuressCode)
  async issueDuress(
    @Input(routes.issueDuressCode) { params }: OnePerson,
    @By() by: string,
    @CorrelationId() correlationId: string,
  ): Promise<void> {
    const wish = { person: params.id, reason: 'duress', by };
    await this.#registry.call(Registry.reissueCode, wish, { correlationId });
  }

  @Handles(routes.suspendPerson)
  async suspend(
    @Input(routes.suspendPerson) { params }: OnePerson,
    @By() by: string,
    @CorrelationId() correlationId: string,
  ): Answer {
    return this.#act(Registry.suspendPerson, params.id, { by, correlationId });
  }

  @Handles(routes.resumePerson)
  async resume(
    @Input(routes.resumePerson) { params }: OnePerson,
    @By() by: string,
    @CorrelationId() correlationId: string,
  ): Answer {
    return this.#act(Registry.resumePerson, params.id, { by, correlationId });
  }

  @Handles(routes.liftLock)
  async lift(
    @Input(routes.liftLock) { params }: InputOf<typeof routes.liftLock>,
    @By() by: string,
    @CorrelationId() correlationId: string,
  ): Answer {
    const lock = { person: params.id, door: params.door, by };
    return this.#answers.of(await this.#registry.call(Registry.liftLock, lock, { correlationId }));
  }

  async #act(
    method: RegistryMethod<PersonRef, Person>,
    person: string,
    { by, correlationId }: { readonly by: string; readonly correlationId: string },
  ): Answer {
    const whom = { person, by };
    return this.#answers.of(await this.#registry.call(method, whom, { correlationId }));
  }
}

function tagged(person: PersonAnswer, response: Response): PersonAnswer {
  response.set('ETag', etagOf(person));
  return person;
}

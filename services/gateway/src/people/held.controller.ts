import { accessDenied, type CloudEvent } from '@latchkey/contracts';
import { RegistryServiceService as Registry } from '@latchkey/contracts/grpc';
import { BUS, type Bus } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import { By } from '../access/caller.js';
import { isSilentAct } from '../events/silent.pure.js';
import { findEvents } from '../happened/find-events.js';
import { History } from '../happened/history.js';
import type { Place } from '../happened/place.pure.js';
import { CorrelationId } from '../http/correlation.js';
import { Handles, Input } from '../http/handles.js';
import type { AnswerOf, InputOf } from '../http/route.js';
import { Acts } from '../operations/acts.js';
import { toAuditAnswer } from '../operations/audit-answer.pure.js';
import { readDeliveries } from '../operations/delivery-reader.js';
import { RegistryClient } from '../registry.client.js';
import { getHeld } from './people.routes.js';
import { PersonAnswers } from './person-answers.js';

type Held = AnswerOf<typeof getHeld>;

const PAGE = 500;
const HOW =
  'The mean of five face templates, 512 numbers from which no picture can be drawn, encrypted (AES-256-GCM) under a key of this person alone; no picture of the registration is kept.';

/** All that is held on a person, for whoever asks what that is. */
@Controller()
export class HeldController {
  readonly #registry: RegistryClient;
  readonly #answers: PersonAnswers;
  readonly #history: History;
  readonly #bus: Bus;
  readonly #acts: Acts;

  constructor(
    @Inject(RegistryClient) registry: RegistryClient,
    @Inject(PersonAnswers) answers: PersonAnswers,
    @Inject(History) history: History,
    @Inject(BUS) bus: Bus,
    @Inject(Acts) acts: Acts,
  ) {
    this.#registry = registry;
    this.#answers = answers;
    this.#history = history;
    this.#bus = bus;
    this.#acts = acts;
  }

  @Handles(getHeld)
  async held(
    @Input(getHeld) { params }: InputOf<typeof getHeld>,
    @By() by: string,
    @CorrelationId() correlationId: string,
  ): Promise<Held> {
    const { id } = params;
    const act = { action: 'person.data-exported', subject: id, person: id } as const;
    const { held } = await this.#acts.noted(act, { by, correlationId }, async () => ({
      held: await this.#gather(id, by, correlationId),
      outcome: 'exported',
    }));
    return held;
  }

  async #gather(id: string, by: string, correlationId: string): Promise<Held> {
    const asked = { person: id, by };
    const known = await this.#registry.call(Registry.getPerson, asked, { correlationId });
    const person = await this.#answers.of(known);
    const events = this.#eventsOf(id);
    const isMember = person.state === 'enrolled' || person.state === 'suspended';
    return {
      at: new Date(this.#bus.nowMs()).toISOString(),
      person,
      templates: { held: isMember ? 1 : person.samples, how: HOW },
      events,
      photographs: events.flatMap(photographOf),
      mails: await this.#mailsTo(id),
      audit: await this.#auditOf(id, correlationId),
    };
  }

  #eventsOf(person: string): CloudEvent[] {
    const model = this.#history.read();
    const events: CloudEvent[] = [];
    let after: Place | undefined;
    for (;;) {
      const query = { person, after, limit: PAGE, order: 'newest' } as const;
      const { found, more } = findEvents(model, query);
      events.push(...found.map(({ event }) => event));
      after = found.at(-1)?.place;
      if (!more || !after) return events;
    }
  }

  async #mailsTo(person: string) {
    const mails: Held['mails'] = [];
    let before: number | undefined;
    for (;;) {
      const { deliveries, next } = await readDeliveries(this.#bus, { before, limit: PAGE });
      mails.push(...deliveries.filter(({ recipient }) => recipient === person));
      if (next === null) return mails.toReversed();
      before = Number(next);
    }
  }

  async #auditOf(person: string, correlationId: string) {
    const audit: Held['audit'] = [];
    let pageToken = '';
    do {
      const every = { since: 0, until: 0, by: '', action: '', door: '' };
      const asked = { ...every, person, pageSize: PAGE, pageToken };
      const page = await this.#registry.call(Registry.listAudit, asked, { correlationId });
      audit.push(...page.entries.map(toAuditAnswer).filter((entry) => !isSilentAct(entry)));
      pageToken = page.nextPageToken;
    } while (pageToken !== '');
    return audit;
  }
}

function photographOf({ type, data }: CloudEvent): string[] {
  if (type !== accessDenied.type) return [];
  const { evidence } = accessDenied.data.parse(data);
  return evidence === null ? [] : [evidence];
}

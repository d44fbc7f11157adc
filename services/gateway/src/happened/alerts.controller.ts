import { RegistryServiceService as Registry } from '@latchkey/contracts/grpc';
import { BUS, type Bus, Failure, REPORT, type Report } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import { Asker, By, type Caller } from '../access/caller.js';
import { Cursors } from '../events/cursors.js';
import { hearsSilent, silentType } from '../events/silent.pure.js';
import { CorrelationId } from '../http/correlation.js';
import { Handles, Input } from '../http/handles.js';
import type { AnswerOf, InputOf } from '../http/route.js';
import { Acts } from '../operations/acts.js';
import { RegistryClient } from '../registry.client.js';
import { acknowledgeAlert, getAlert, listAlerts } from './alerts.routes.js';
import type { AlertAnswer } from './alerts.schemas.js';
import { type Alert, findAlert, findAlerts } from './find-alerts.js';
import { History } from './history.js';
import { ofPlace, placeShape, toPlace } from './place.pure.js';

/** What operators must see to, and who did. */
@Controller()
export class AlertsController {
  readonly #history: History;
  readonly #cursors: Cursors;
  readonly #bus: Bus;
  readonly #report: Report;
  readonly #acts: Acts;
  readonly #registry: RegistryClient;

  constructor(
    @Inject(History) history: History,
    @Inject(Cursors) cursors: Cursors,
    @Inject(BUS) bus: Bus,
    @Inject(REPORT) report: Report,
    @Inject(Acts) acts: Acts,
    @Inject(RegistryClient) registry: RegistryClient,
  ) {
    this.#history = history;
    this.#cursors = cursors;
    this.#bus = bus;
    this.#report = report;
    this.#acts = acts;
    this.#registry = registry;
  }

  @Handles(listAlerts)
  list(
    @Input(listAlerts) { query }: InputOf<typeof listAlerts>,
    @Asker() asker: Caller,
  ): NonNullable<AnswerOf<typeof listAlerts>> {
    const { cursor, ...wanted } = query;
    const after = cursor ? toPlace(this.#cursors.read(asker, cursor, placeShape)) : undefined;
    const silent = hearsSilent(asker);
    const { found, more, open } = findAlerts(this.#history.read(), { ...wanted, silent, after });
    const last = found.at(-1);
    return {
      alerts: found.map(answerOf),
      next: more && last ? this.#cursors.given(asker, ofPlace(last.place)) : null,
      open,
    };
  }

  @Handles(getAlert)
  get(@Input(getAlert) { params }: InputOf<typeof getAlert>, @Asker() asker: Caller): AlertAnswer {
    const alert = this.#find(params.id);
    if (alert.type === silentType && !hearsSilent(asker)) throw noAlert(params.id);
    return answerOf(alert);
  }

  @Handles(acknowledgeAlert)
  async acknowledge(
    @Input(acknowledgeAlert) { params, body }: InputOf<typeof acknowledgeAlert>,
    @By() by: string,
    @CorrelationId() correlationId: string,
  ): Promise<AlertAnswer> {
    const model = this.#history.read();
    const alert = this.#find(params.id);
    const { id } = alert;
    const registered = alert.kind === 'visitor' ? (body.person ?? null) : null;
    if (registered !== null) {
      await this.#registry.call(Registry.getPerson, { person: registered, by }, { correlationId });
    }
    const at = Math.round(this.#bus.nowMs());
    const wanted = { alert: id, by, at, note: body.note || null, person: registered };
    const person = registered ?? alert.person;
    const act = { action: 'alert.acknowledge', subject: id, person } as const;
    await this.#acts.noted(act, { by, correlationId }, async () => {
      const first = await this.#history.acknowledgements.take(wanted);
      if (first.by === by) return { outcome: 'acknowledged' };
      const since = new Date(first.at).toISOString();
      throw Failure.terminal('LK-ALR-002', `${first.by} saw to it first, at ${since}.`);
    });
    this.#report('alert.acknowledged', { alert: id, by }, { correlationId });
    return answerOf(findAlert(model, id) ?? alert);
  }

  #find(id: string): Alert {
    const alert = findAlert(this.#history.read(), id);
    if (alert) return alert;
    throw noAlert(id);
  }
}

function noAlert(id: string): Failure {
  return Failure.terminal('LK-ALR-001', `There is no alert ${id}.`);
}

function answerOf({ place, acknowledged, ...alert }: Alert): AlertAnswer {
  return {
    ...alert,
    at: new Date(place.atUs / 1_000).toISOString(),
    acknowledged: acknowledged && {
      by: acknowledged.by,
      at: new Date(acknowledged.atMs).toISOString(),
      note: acknowledged.note,
      person: acknowledged.person,
    },
  };
}

import { BUS, type Bus, Failure, REPORT, type Report } from '@latchkey/runtime';
import { Controller, Inject } from '@nestjs/common';
import { By } from '../access/caller.js';
import { CorrelationId } from '../http/correlation.js';
import { Handles, Input } from '../http/handles.js';
import type { AnswerOf, InputOf } from '../http/route.js';
import { Acts } from '../operations/acts.js';
import { acknowledgeAlert, listAlerts } from './alerts.routes.js';
import type { AlertAnswer } from './alerts.schemas.js';
import { type Alert, findAlert, findAlerts } from './find-alerts.js';
import { History } from './history.js';
import { ofPlace } from './place.pure.js';

/** What operators must see to, and who did. */
@Controller()
export class AlertsController {
  readonly #history: History;
  readonly #bus: Bus;
  readonly #report: Report;
  readonly #acts: Acts;

  constructor(
    @Inject(History) history: History,
    @Inject(BUS) bus: Bus,
    @Inject(REPORT) report: Report,
    @Inject(Acts) acts: Acts,
  ) {
    this.#history = history;
    this.#bus = bus;
    this.#report = report;
    this.#acts = acts;
  }

  @Handles(listAlerts)
  list(
    @Input(listAlerts) { query }: InputOf<typeof listAlerts>,
  ): NonNullable<AnswerOf<typeof listAlerts>> {
    const { cursor: after, ...wanted } = query;
    const { found, more, open } = findAlerts(this.#history.read(), { ...wanted, after });
    const last = found.at(-1);
    return {
      alerts: found.map(answerOf),
      next: more && last ? ofPlace(last.place) : null,
      open,
    };
  }

  @Handles(acknowledgeAlert)
  async acknowledge(
    @Input(acknowledgeAlert) { params, body }: InputOf<typeof acknowledgeAlert>,
    @By() by: string,
    @CorrelationId() correlationId: string,
  ): Promise<AlertAnswer> {
    const model = this.#history.read();
    const alert = findAlert(model, params.id);
    if (!alert) throw Failure.terminal('LK-ALR-001', `There is no alert ${params.id}.`);
    const { id, person } = alert;
    const at = Math.round(this.#bus.nowMs());
    const wanted = { alert: id, by, at, note: body.note || null };
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
}

function answerOf({ place, acknowledged, ...alert }: Alert): AlertAnswer {
  return {
    ...alert,
    at: new Date(place.atUs / 1_000).toISOString(),
    acknowledged: acknowledged && {
      by: acknowledged.by,
      at: new Date(acknowledged.atMs).toISOString(),
      note: acknowledged.note,
    },
  };
}

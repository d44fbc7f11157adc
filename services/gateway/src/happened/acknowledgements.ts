import { createHash } from 'node:crypto';
import type { Acknowledgement } from '@latchkey/contracts';
import type { Bucket, Entry, Objects } from '@latchkey/runtime';
import { alertsAbout, findAlert } from './find-alerts.js';
import type { ReadModel } from './read-model.js';

/** Who saw to which alert: the bucket is the truth, which every gateway reads into its own model. */
export class Acknowledgements {
  readonly #bucket: Bucket<Acknowledgement>;
  readonly #evidence: Pick<Objects, 'delete'>;
  readonly #model: ReadModel;
  #isTold = false;

  constructor(
    bucket: Bucket<Acknowledgement>,
    evidence: Pick<Objects, 'delete'>,
    model: ReadModel,
  ) {
    this.#bucket = bucket;
    this.#evidence = evidence;
    this.#model = model;
  }

  /** Whether the model has heard of all that was there. */
  isTold(): boolean {
    return this.#isTold;
  }

  /** Hears of every acknowledgement, whichever gateway took it, until stopped. */
  follow(): { stop(): void } {
    return this.#bucket.watch({
      changed: ({ value }) => {
        if (value) this.#model.acknowledge(value);
        if (value && tellsMore(value) && this.#model.isForgotten(value)) {
          void this.#drop(value.alert).catch(() => undefined);
        }
      },
      caughtUp: () => {
        this.#isTold = true;
      },
    });
  }

  /** Takes the first one for an alert. @returns the one that counts: whoever was first stays */
  async take(wanted: Acknowledgement): Promise<Acknowledgement> {
    const written = await this.#bucket.create(keyOf(wanted.alert), wanted);
    const counts = written === 'conflict' ? await this.#bucket.get(keyOf(wanted.alert)) : null;
    const first = counts ? await this.#completed(counts, wanted) : wanted;
    this.#model.acknowledge(first);
    return first;
  }

  /**
   * What operators wrote beside a person's alerts goes with the person, and so does the photograph of when they were a
   * visitor; that operators saw to them stays.
   */
  async forget(person: string): Promise<void> {
    for (const alert of alertsAbout(this.#model, person)) await this.#drop(alert);
  }

  /** Whoever saw to a visitor may register them afterwards. */
  async #completed(
    { value: first, revision }: Entry<Acknowledgement>,
    { by, person }: Acknowledgement,
  ): Promise<Acknowledgement> {
    if (first.by !== by || first.person !== null || person === null) return first;
    const completed = { ...first, person };
    const written = await this.#bucket.update(keyOf(first.alert), completed, revision);
    return written === 'conflict' ? first : completed;
  }

  async #drop(alert: string): Promise<void> {
    const entry = await this.#bucket.get(keyOf(alert));
    if (!entry || !tellsMore(entry.value)) return;
    const { value, revision } = entry;
    const evidence = value.person === null ? null : findAlert(this.#model, alert)?.evidence;
    if (evidence) await this.#evidence.delete(evidence);
    await this.#bucket.update(keyOf(alert), { ...value, note: null, person: null }, revision);
  }
}

/** Whether it says more than who saw to the alert, and when. */
function tellsMore({ note, person }: Acknowledgement): boolean {
  return note !== null || person !== null;
}

/** An alert's key in the bucket: SHA-256 of its event's id, 43 letters of base64url. */
function keyOf(alert: string): string {
  return createHash('sha256').update(alert).digest('base64url');
}

import { createHash } from 'node:crypto';
import type { Acknowledgement } from '@latchkey/contracts';
import type { Bucket } from '@latchkey/runtime';
import { alertsAbout } from './find-alerts.js';
import type { ReadModel } from './read-model.js';

/** Who saw to which alert: the bucket is the truth, which every gateway reads into its own model. */
export class Acknowledgements {
  readonly #bucket: Bucket<Acknowledgement>;
  readonly #model: ReadModel;
  #isTold = false;

  constructor(bucket: Bucket<Acknowledgement>, model: ReadModel) {
    this.#bucket = bucket;
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
        if (value?.note != null && this.#model.isForgotten(value.alert)) {
          void this.#dropNote(value.alert).catch(() => undefined);
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
    const first = counts?.value ?? wanted;
    this.#model.acknowledge(first);
    return first;
  }

  /** What operators wrote beside a person's alerts goes with the person; that they saw to them stays. */
  async forget(person: string): Promise<void> {
    for (const alert of alertsAbout(this.#model, person)) await this.#dropNote(alert);
  }

  async #dropNote(alert: string): Promise<void> {
    const entry = await this.#bucket.get(keyOf(alert));
    if (!entry || entry.value.note === null) return;
    await this.#bucket.update(keyOf(alert), { ...entry.value, note: null }, entry.revision);
  }
}

/** An alert's key in the bucket: SHA-256 of its event's id, 43 letters of base64url. */
function keyOf(alert: string): string {
  return createHash('sha256').update(alert).digest('base64url');
}

import { type Delivery, deliveryKey } from '@latchkey/contracts';
import type { Bucket } from '@latchkey/runtime';

/** What was mailed to whom and when: the bucket `deliveries`, by job. */
export class Ledger {
  readonly #deliveries: Bucket<Delivery>;

  constructor(deliveries: Bucket<Delivery>) {
    this.#deliveries = deliveries;
  }

  /** Whether the mail server has taken this job's mail. One that failed may be tried again. */
  async wasSent(job: string): Promise<boolean> {
    const entry = await this.#deliveries.get(deliveryKey(job));
    return entry?.value.state === 'sent';
  }

  /** A code's mail that failed is no longer to be sent again: a newer code was issued. */
  async supersede(job: string): Promise<void> {
    const entry = await this.#deliveries.get(deliveryKey(job));
    if (entry?.value.state !== 'failed') return;
    const superseded: Delivery = { ...entry.value, state: 'superseded' };
    // On a conflict it was sent meanwhile.
    await this.#deliveries.update(deliveryKey(job), superseded, entry.revision);
  }

  async note(delivery: Delivery): Promise<void> {
    await this.#deliveries.put(deliveryKey(delivery.job), delivery);
  }
}

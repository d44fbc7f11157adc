import type { Delivery, ErrorCode } from '@latchkey/contracts';
import { type Bus, Failure, type Report, toFailure } from '@latchkey/runtime';
import type { OutgoingMail } from './compose.pure.js';
import { isWorthATry } from './give-up.pure.js';
import { messageIdOf } from './job.pure.js';
import type { Ledger } from './ledger.store.js';
import { domainOf, isPlainAddress } from './mail-address.pure.js';
import type { Mailer } from './mailer.js';
import { smtpDelayMs } from './smtp-verdict.pure.js';

/** A job to be settled by one mail. */
export interface PostalJob {
  readonly id: string;
  readonly correlationId: string;
  /** How often it was delivered, this time included. */
  readonly tries: number;
  /** When the broker stored it. */
  readonly storedAtMs: number;
  readonly occasion: string;
  /** `null`: someone of whom nothing is stored. */
  readonly recipient: string | null;
}

/** A mail as its writer leaves it. */
export type WrittenMail = Omit<OutgoingMail, 'job' | 'correlationId'>;

/** Sends each job's mail once: what was sent is noted in the ledger before the job is done with. */
export class Postman {
  readonly #bus: Bus;
  readonly #ledger: Ledger;
  readonly #mailer: Mailer;
  readonly #report: Report;

  constructor(facts: { bus: Bus; ledger: Ledger; mailer: Mailer; report: Report }) {
    this.#bus = facts.bus;
    this.#ledger = facts.ledger;
    this.#mailer = facts.mailer;
    this.#report = facts.report;
  }

  /**
   * Writes and sends a job's mail, unless that was done before.
   * @throws Failure LK-MAIL-001, retryable; LK-MAIL-002 or LK-MAIL-003, terminal; or whatever the writer throws.
   */
  async deliver(job: PostalJob, write: () => Promise<WrittenMail>): Promise<void> {
    if (await this.#ledger.wasSent(job.id)) return;
    try {
      const mail = await write();
      await this.#send(job, mail);
    } catch (error) {
      const failure = settled(toFailure(error), job, this.#bus.nowMs());
      if (failure.kind === 'terminal') await this.#settle(job, 'failed', failure);
      throw failure;
    }
    await this.#settle(job, 'sent', null);
  }

  /** Notes that a job's code is void and not mailed any more; one that was mailed before stays so. */
  async supersede(job: PostalJob): Promise<void> {
    if (await this.#ledger.wasSent(job.id)) return;
    await this.#settle(job, 'superseded', null);
  }

  async #send(job: PostalJob, mail: WrittenMail): Promise<void> {
    if (!isPlainAddress(mail.to.address)) {
      throw Failure.terminal(
        'LK-MAIL-003',
        'Expected one plain address to mail to; what is on file is none. Mend it.',
      );
    }
    const { id, correlationId, tries } = job;
    const verdict = await this.#mailer.send({ ...mail, job: id, correlationId });
    if (!verdict) return;
    if (verdict.kind === 'refused') {
      throw Failure.terminal('LK-MAIL-002', `The mail server refuses for good: ${verdict.fault}.`);
    }
    throw Failure.retryable('LK-MAIL-001', `The mail server: ${verdict.fault}.`, {
      retryAfterMs: smtpDelayMs(verdict.kind, tries),
    });
  }

  async #settle(job: PostalJob, state: Delivery['state'], failure: Failure | null): Promise<void> {
    const delivery: Delivery = {
      job: job.id,
      recipient: job.recipient,
      occasion: job.occasion,
      state,
      messageId: messageIdOf(job.id, domainOf(this.#mailer.from.address)),
      tries: job.tries,
      fault: failure ? faultOf(failure) : null,
      at: this.#bus.nowMs(),
    };
    await this.#ledger.note(delivery);
    const level = failure ? 'warn' : 'info';
    const { occasion, messageId, tries } = delivery;
    const errorCode: ErrorCode | undefined = failure?.code;
    this.#report(
      'mail.settled',
      { occasion, messageId, tries, errorCode },
      { correlationId: job.correlationId, outcome: state, level },
    );
  }
}

/** The failure itself, or, where it was tried for long enough, one that ends the job: runtime makes a dead letter of it. */
function settled(failure: Failure, job: PostalJob, nowMs: number): Failure {
  if (failure.kind !== 'retryable') return failure;
  const isDefect = failure.code === 'LK-INT-001';
  if (isWorthATry({ ageMs: nowMs - job.storedAtMs, tries: job.tries, isDefect })) return failure;
  return Failure.terminal(failure.code, `Given up after ${job.tries} tries. ${failure.message}`, {
    cause: failure,
  });
}

/** Our own faults are worded without addresses; of an unexpected one only the code is kept. */
function faultOf(failure: Failure): string {
  const words = failure.code === 'LK-INT-001' ? '' : ` ${failure.message}`;
  return `${failure.code}${words}`.slice(0, 300);
}

import {
  type AuditCheckpoint,
  type AuditLink,
  CHAIN_START,
  CHECKPOINT_EVERY,
  checkpointText,
  linkHash,
  hasLostValues,
  linkValuesHold,
} from './audit-chain.pure.js';

/** Where the audit is not what it was, and in which way. */
export interface AuditFault {
  /** The place in the chain. */
  readonly seq: number;
  readonly what:
    | 'missing'
    | 'moved'
    | 'changed'
    | 'unlinked'
    | 'erased'
    | 'forged-signature'
    | 'unsigned'
    | 'rewritten'
    | 'cut-off';
  /** For whoever reads it. */
  readonly words: string;
}

/** What was checked, and what was found. */
export interface AuditFindings {
  readonly links: number;
  readonly head: { readonly seq: number; readonly hash: string };
  readonly checkpoints: number;
  /** Up to this link a signature stands for the chain; 0: none does. */
  readonly signedTo: number;
  /** Entries whose values were erased with the person they are about. */
  readonly erased: number;
  readonly faults: readonly AuditFault[];
}

/** With so many links and no signature, signatures were taken out: one may come late by a restart. */
const UNSIGNED_MOST = 2 * CHECKPOINT_EVERY;

/**
 * Checks the audit as it is read, link by link in the order in which it is stored; after a fault it goes on from what is
 * there, so that each fault is told once and in its place.
 */
export class AuditCheck {
  readonly #isSigned: (text: string, signature: string) => boolean;
  readonly #hashes = new Map<number, string>();
  readonly #faults: AuditFault[] = [];
  readonly #signed: AuditCheckpoint[] = [];
  readonly #erased = new Map<string, number[]>();
  readonly #deleted = new Map<string, number>();
  readonly #begun = new Set<string>();
  #links = 0;
  #checkpoints = 0;
  #head = { seq: 0, hash: CHAIN_START };

  /** @param isSigned whether the registry made this signature of that text */
  constructor(isSigned: (text: string, signature: string) => boolean) {
    this.#isSigned = isSigned;
  }

  link(link: AuditLink): void {
    const expected = this.#head.seq + 1;
    this.#links += 1;
    if (link.seq > expected) {
      const missing =
        link.seq - 1 === expected
          ? `Entry ${expected} is`
          : `Entries ${expected} to ${link.seq - 1} are`;
      this.#fault(expected, 'missing', `${missing} missing.`);
    } else if (link.seq < expected) {
      const words =
        link.seq === 0
          ? 'An entry stands beside the chain.'
          : `Entry ${link.seq} stands after entry ${expected - 1}.`;
      this.#fault(link.seq, 'moved', words);
      return;
    } else if (link.prev !== this.#head.hash) {
      this.#fault(
        link.seq,
        'unlinked',
        `Entry ${link.seq} does not follow from the one before: one of the two was replaced.`,
      );
    }
    this.#content(link);
    this.#head = { seq: link.seq, hash: link.hash };
    this.#hashes.set(link.seq, link.hash);
  }

  checkpoint(checkpoint: AuditCheckpoint): void {
    const { seq, signature } = checkpoint;
    this.#checkpoints += 1;
    if (this.#isSigned(checkpointText(checkpoint), signature)) this.#signed.push(checkpoint);
    else
      this.#fault(seq, 'forged-signature', `The signature at entry ${seq} is not the registry's.`);
  }

  /** Says what was found. */
  finish(): AuditFindings {
    this.#signatures();
    this.#erasures();
    return {
      links: this.#links,
      head: this.#head,
      checkpoints: this.#checkpoints,
      signedTo: Math.max(0, ...this.#holding().map(({ seq }) => seq)),
      erased: [...this.#erased.values()].flat().length,
      faults: this.#faults.toSorted((one, other) => one.seq - other.seq),
    };
  }

  #content(link: AuditLink): void {
    const { seq, entry, end } = link;
    if (linkHash(link) !== link.hash) this.#fault(seq, 'changed', `Entry ${seq} was changed.`);
    else if (!linkValuesHold(link))
      this.#fault(seq, 'changed', `The values in entry ${seq} were changed.`);
    if (entry) {
      this.#begun.add(entry.id);
      if (entry.action === 'person.deleted') this.#deleted.set(entry.person, seq);
      if (hasLostValues(link))
        this.#erased.set(entry.person, [...(this.#erased.get(entry.person) ?? []), seq]);
    } else if (!end || !this.#begun.has(end.id)) {
      this.#fault(seq, 'changed', `Entry ${seq} ends an act that was never begun.`);
    }
  }

  #signatures(): void {
    let last = 0;
    for (const { seq, hash } of this.#signed.toSorted((one, other) => one.seq - other.seq)) {
      if (seq > this.#head.seq) {
        this.#fault(
          this.#head.seq + 1,
          'cut-off',
          `The registry signed ${seq} entries; the audit ends after ${this.#head.seq}.`,
        );
      } else if (this.#hashes.get(seq) !== hash) {
        this.#fault(
          seq,
          'rewritten',
          `Up to entry ${seq} the audit is not what the registry signed.`,
        );
      }
      this.#unsigned(last, seq);
      last = seq;
    }
    this.#unsigned(last, this.#head.seq);
  }

  #unsigned(from: number, to: number): void {
    if (to - from <= UNSIGNED_MOST) return;
    this.#fault(
      from + 1,
      'unsigned',
      `Nothing is signed between entries ${from} and ${to}: signatures were taken out.`,
    );
  }

  /** Values go with the person alone. */
  #erasures(): void {
    for (const [person, seqs] of this.#erased) {
      for (const seq of seqs.filter((place) => place > (this.#deleted.get(person) ?? 0))) {
        this.#fault(
          seq,
          'erased',
          `The values in entry ${seq} were taken out, and ${person || 'nobody'} was not deleted.`,
        );
      }
    }
  }

  #holding(): AuditCheckpoint[] {
    return this.#signed.filter(({ seq, hash }) => this.#hashes.get(seq) === hash);
  }

  #fault(seq: number, what: AuditFault['what'], words: string): void {
    this.#faults.push({ seq, what, words });
  }
}

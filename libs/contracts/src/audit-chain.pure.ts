import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Nothing is refused on reading: what is wrong with it the check says, in its place. */
const digest = z.string();
const count = z.number();

/** What an entry says. People and doors stand in it by their ids. */
const auditContent = z.object({
  id: z.string(),
  at: z.number(),
  by: z.string(),
  action: z.string(),
  subject: z.string(),
  detail: z.string(),
  person: z.string(),
  door: z.string(),
  outcome: z.string(),
  beforeJson: z.string(),
  afterJson: z.string(),
});

/** How an act ended that an entry says was begun. */
const auditEnd = z.object({ id: z.string(), at: z.number(), outcome: z.string() });

/** One link of the audit's chain: an entry, or the end of an act. */
export const auditLink = z.object({
  /** From 1, without a gap. */
  seq: count,
  /** The hash of the link before; of the first: `CHAIN_START`. */
  prev: digest,
  /** What the chain holds of an entry's values before and after; empty: it has none. */
  commitment: digest,
  /** Random; empty: there are no values, or they were erased and only the commitment to them is left. */
  salt: z.string(),
  hash: digest,
  entry: auditContent.nullable(),
  end: auditEnd.nullable(),
});
export type AuditLink = z.infer<typeof auditLink>;

/** What a link adds to the chain. */
export type AuditContent = Pick<AuditLink, 'entry' | 'end'>;

/** The registry's word, at a time, that the chain up to a link was so. */
export const auditCheckpoint = z.object({
  seq: count,
  hash: digest,
  at: z.number(),
  /** By the registry's Ed25519 key over `checkpointText`. */
  signature: z.string(),
});
export type AuditCheckpoint = z.infer<typeof auditCheckpoint>;

/** Before the first link. */
export const CHAIN_START = '0'.repeat(64);
/** At the latest after so many links the registry signs. */
export const CHECKPOINT_EVERY = 100;

/** The link that follows another. `salt`: 128 random bits or more as text, of which an entry without values takes none. */
export function linkAfter(
  head: Pick<AuditLink, 'seq' | 'hash'> | null,
  { entry, end }: AuditContent,
  salt: string,
): AuditLink {
  const hasValues = entry !== null && (entry.beforeJson !== '' || entry.afterJson !== '');
  const link = {
    seq: (head?.seq ?? 0) + 1,
    prev: head?.hash ?? CHAIN_START,
    commitment: hasValues ? commitmentTo(salt, entry) : '',
    salt: hasValues ? salt : '',
    entry,
    end,
  };
  return { ...link, hash: linkHash(link) };
}

/**
 * SHA-256 over what a link says, as a JSON array of its fields in a fixed order. An entry's values before and after are in it
 * by their commitment alone, so that they can be erased and the chain still holds.
 */
export function linkHash({ seq, prev, commitment, entry, end }: Omit<AuditLink, 'hash'>): string {
  if (entry === null) return sha256(['latchkey.audit.end.v1', seq, prev, ...fieldsOf(end)]);
  const { id, at, by, action, subject, detail, person, door, outcome } = entry;
  const said = [id, at, by, action, subject, detail, person, door, outcome];
  return sha256(['latchkey.audit.entry.v1', seq, prev, commitment, ...said]);
}

/** A link whose values before and after are erased; its hash stays true. */
export function withoutValues(link: AuditLink): AuditLink {
  if (link.entry === null) return link;
  return { ...link, salt: '', entry: { ...link.entry, beforeJson: '', afterJson: '' } };
}

/** Whether an entry's values are what the chain was committed to, or gone. */
export function linkValuesHold({ commitment, salt, entry }: AuditLink): boolean {
  if (entry === null) return commitment === '' && salt === '';
  const hasValues = entry.beforeJson !== '' || entry.afterJson !== '';
  if (commitment === '' || salt === '') return !hasValues && salt === '';
  return commitment === commitmentTo(salt, entry);
}

/** Whether an entry had values that were erased. */
export function hasLostValues({ commitment, salt }: AuditLink): boolean {
  return commitment !== '' && salt === '';
}

/** What the registry signs. */
export function checkpointText({ seq, hash, at }: Omit<AuditCheckpoint, 'signature'>): string {
  return JSON.stringify(['latchkey.audit.checkpoint.v1', seq, hash, at]);
}

function commitmentTo(
  salt: string,
  { beforeJson, afterJson }: { readonly beforeJson: string; readonly afterJson: string },
): string {
  return sha256(['latchkey.audit.values.v1', salt, beforeJson, afterJson]);
}

function fieldsOf(end: AuditLink['end']): readonly (string | number)[] {
  return end ? [end.id, end.at, end.outcome] : [];
}

function sha256(fields: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}

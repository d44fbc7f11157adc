import { z } from 'zod';
import { personId } from './words.js';

/** What goes when a person is forgotten. */
export const erasedThings = [
  'key',
  'record',
  'templates',
  'codes',
  'gallery entry',
  'photographs',
  'unsent mails',
] as const;

/** The registry's word that a person is forgotten: who, when and what, and a digest of the record as it was. */
export const erasureReceipt = z.object({
  receipt: z.string().max(100),
  person: personId,
  at: z.iso.datetime(),
  erased: z.array(z.string().max(40)).max(20),
  /** SHA-256 over the record as it was stored, in hexadecimal: of the templates and the name nothing can be told by it. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  /** By the registry's Ed25519 key over `receiptText`. */
  signature: z.string().max(200),
});
export type ErasureReceipt = z.infer<typeof erasureReceipt>;

/** What the registry signs of a receipt. */
export function receiptText(receipt: Omit<ErasureReceipt, 'signature'>): string {
  const { receipt: id, person, at, erased, digest } = receipt;
  return JSON.stringify(['latchkey.erasure.v1', id, person, at, digest, ...erased]);
}

import { Link } from 'wouter';
import { useMay } from '../shell/me.js';
import type { Alert } from '../words/alert-words.js';

/** The way to register a visitor, for who may; nothing of an alarm, or of one who is registered already. */
export function RegisterVisitor({ alert }: { readonly alert: Alert }) {
  const may = useMay();
  if (alert.kind !== 'visitor' || alert.acknowledged?.person || !may('createPerson')) return null;
  return (
    <Link href={`/register?visitor=${encodeURIComponent(alert.id)}`}>Register this person</Link>
  );
}

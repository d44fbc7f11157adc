import { z } from 'zod';

const job = z.object({ data: z.record(z.string(), z.unknown()) });

/**
 * Whether a stored event is a mail to a person, or seals something about them: a name, an address, a code. What names them
 * by id alone is not: guards hear of an alarm although it is about someone who was forgotten. Nor is what cannot be read.
 */
export function isMailOf(person: string, payload: Uint8Array): boolean {
  const { data: event } = job.safeParse(jsonOf(payload));
  if (!event) return false;
  const { person: whose, about, recipient, sealed } = event.data;
  if (recipient === person) return true;
  return typeof sealed === 'string' && (whose === person || about === person);
}

function jsonOf(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(payload));
  } catch {
    return null;
  }
}

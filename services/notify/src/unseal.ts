import { Failure, open, type Held } from '@latchkey/runtime';
import type { z } from 'zod';

/**
 * Opens what was sealed for notify and checks its shape. What is inside never reaches a failure's words or cause.
 * @throws Failure LK-KEY-003 where it was sealed for another, LK-MAIL-003 where it has another shape; both terminal.
 */
export function unseal<Value>(seed: Held<string>, sealed: string, schema: z.ZodType<Value>): Value {
  const text = Buffer.from(open(seed, sealed)).toString('utf8');
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => issue.path.join('.') || '(whole)').join(', ');
  throw Failure.terminal('LK-MAIL-003', `What was sealed for notify is not as defined: ${fields}.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

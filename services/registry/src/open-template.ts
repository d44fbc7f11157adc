import { templateVector } from '@latchkey/contracts';
import { Failure, open, type Held } from '@latchkey/runtime';
import { normalized } from './domain/template.pure.js';

/**
 * Opens a template that face sealed for the registry: a unit vector of 512 numbers.
 * @throws Failure LK-REQ-001 where it is none; LK-KEY-003 where it cannot be opened
 */
export function openTemplate(seed: Held<string>, sealedTemplate: string): number[] {
  const text = new TextDecoder().decode(open(seed, sealedTemplate));
  const vector = normalized(readVector(text));
  if (vector) return vector;
  throw Failure.terminal('LK-REQ-001', 'The template has no direction: expected 512 numbers.');
}

function readVector(text: string): number[] {
  try {
    return templateVector.parse(JSON.parse(text));
  } catch {
    // The cause would quote the template.
    throw Failure.terminal('LK-REQ-001', 'The sealed template is no list of 512 numbers.');
  }
}

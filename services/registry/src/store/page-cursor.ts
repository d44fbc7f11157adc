import { Failure } from '@latchkey/runtime';
import { z } from 'zod';
import type { IndexValue } from './store.port.js';

const place = z.tuple([z.union([z.string(), z.number()]), z.string()]);

/** Where an ordered page ended: the value that it is ordered by, and the id. */
export interface Place {
  readonly value: IndexValue;
  readonly id: string;
}

/** A place as text, for the one who asks for the next page. */
export function cursorOf({ value, id }: Place): string {
  return Buffer.from(JSON.stringify([value, id]), 'utf8').toString('base64url');
}

/** The place that a text names; `null`: the beginning. @throws Failure LK-REQ-001 where it is none of ours */
export function placeOf(cursor: string): Place | null {
  if (cursor === '') return null;
  try {
    const [value, id] = place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { value, id };
  } catch (cause) {
    throw Failure.terminal('LK-REQ-001', 'The cursor is none that a page ended with.', { cause });
  }
}

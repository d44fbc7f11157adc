import { accessGranted, createEvent } from '@latchkey/contracts';
import { expect, it } from 'vitest';
import { eventLine } from './event-line.pure.js';

const granted = createEvent(accessGranted, {
  id: '1',
  source: 'auth',
  timeMs: Date.UTC(2026, 10, 22, 9, 30),
  correlationId: 'c',
  data: accessGranted.example,
});

it('tells an event in one line: when, what, where, whom, and the rest', () => {
  expect(eventLine(granted)).toBe(
    '2026-11-22 09:30:00  access.granted              library-north     s1024         camera="main"  score=0.71  expiresAt=1790000002000',
  );
});

it('writes no control characters to a terminal, whatever an event holds', () => {
  const line = eventLine({ ...granted, data: { door: 'a\u001b[2J', person: 'b\nc', x: '\u0007' } });
  expect(line).not.toMatch(/\p{Cc}/u);
});

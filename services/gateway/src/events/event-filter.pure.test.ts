import { accessGranted, codeUsed, createEvent, personEnrolled } from '@latchkey/contracts';
import { expect, it } from 'vitest';
import { eventTypes, isWanted, subjectsFor } from './event-filter.pure.js';

const facts = { id: '1', source: 'test', timeMs: 0, correlationId: 'c' };
const granted = createEvent(accessGranted, { ...facts, data: accessGranted.example });
const used = createEvent(codeUsed, { ...facts, data: codeUsed.example });
const enrolled = createEvent(personEnrolled, { ...facts, data: personEnrolled.example });

it('asks the broker for one door’s subjects only', () => {
  const subjects = subjectsFor('ACCESS', { door: 'library-north' });
  expect(subjects).toContain('lk.v1.access.library-north.granted');
  expect(subjects.every((subject) => subject.includes('.library-north.'))).toBe(true);
  expect(subjectsFor('ACCESS', { type: [accessGranted.type] })).toEqual(['lk.v1.access.*.granted']);
  expect(subjectsFor('ALARMS', { type: [accessGranted.type] })).toEqual([]);
});

it('finds the door of an event whose subject names none', () => {
  const filter = { door: 'library-north' };
  expect([granted, used, enrolled].map((event) => isWanted(event, filter))).toEqual([
    true,
    true,
    false,
  ]);
  expect(isWanted(used, { door: 'south' })).toBe(false);
});

it('offers no frames, observations, jobs or dead letters', () => {
  const streams = new Set(eventTypes.map((type) => type.split('.')[2]));
  expect(streams).toEqual(new Set(['access', 'alarm', 'registry']));
});

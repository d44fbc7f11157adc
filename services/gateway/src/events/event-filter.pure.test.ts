import { accessGranted, codeUsed, createEvent, personEnrolled } from '@latchkey/contracts';
import { expect, it } from 'vitest';
import { eventTypes, isWanted, subjectFor } from './event-filter.pure.js';

const facts = { id: '1', source: 'test', timeMs: 0, correlationId: 'c' };
const granted = createEvent(accessGranted, { ...facts, data: accessGranted.example });
const used = createEvent(codeUsed, { ...facts, data: codeUsed.example });
const enrolled = createEvent(personEnrolled, { ...facts, data: personEnrolled.example });

it('asks the broker for the narrowest subject that holds what is wanted', () => {
  expect(subjectFor('ACCESS', { door: 'library-north' })).toBe('lk.v1.access.library-north.*');
  expect(subjectFor('ACCESS', { type: [accessGranted.type] })).toBe('lk.v1.access.*.granted');
  expect(subjectFor('REGISTRY', { type: [codeUsed.type, personEnrolled.type] })).toBe(
    'lk.v1.registry.*.*',
  );
  expect(subjectFor('ALARMS', { type: [accessGranted.type] })).toBeNull();
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

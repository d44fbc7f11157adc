import {
  accessDenied,
  accessExpired,
  accessIdentified,
  alarmMismatch,
  events,
} from '@latchkey/contracts';
import { describe, expect, it } from 'vitest';
import { denialOf, eventKinds, eventWords, isAlarm, whoOf } from './event-words.pure.js';

describe('the words of events', () => {
  it('knows every event that is told of doors, alarms and people', () => {
    const told = events.filter(({ stream }) =>
      ['ACCESS', 'ALARMS', 'REGISTRY'].includes(stream ?? ''),
    );
    const unknown = told.filter(({ type }) => eventWords(type).text === type.replace('lk.v1.', ''));
    expect(told.length).toBeGreaterThan(15);
    expect(unknown).toEqual([]);
  });

  it('finds every alarm by the filter for alarms', () => {
    const alarms = events.filter(({ stream }) => stream === 'ALARMS').map(({ type }) => type);
    const filter = eventKinds.alarms.types.split(',');
    expect(filter.map((name) => `lk.v1.${name}`).toSorted()).toEqual(alarms.toSorted());
  });

  it('names nobody where several people resemble a face', () => {
    const { example } = accessIdentified;
    expect(whoOf(example)).toBe(example.candidates[0]?.person);
    expect(whoOf({ ...example, clear: false })).toBeUndefined();
    expect(whoOf({ person: 'asha' })).toBe('asha');
    expect(whoOf(null)).toBeUndefined();
  });

  it('tells denials and alarms from the rest', () => {
    expect(denialOf(accessDenied.type, accessDenied.example)).toBe('unknown');
    expect(denialOf(accessExpired.type, { reason: 'unknown' })).toBeUndefined();
    expect(denialOf(accessDenied.type, null)).toBeUndefined();
    expect([isAlarm(alarmMismatch.type), isAlarm(accessDenied.type)]).toEqual([true, false]);
  });
});

import { accessDenied, accessExpired, alarmMismatch, events } from '@latchkey/contracts';
import { describe, expect, it } from 'vitest';
import { denialOf, eventWords, isAlarm } from './event-words.pure.js';

describe('the words of events', () => {
  it('knows every event that is told of doors, alarms and people', () => {
    const told = events.filter(({ stream }) =>
      ['ACCESS', 'ALARMS', 'REGISTRY'].includes(stream ?? ''),
    );
    const unknown = told.filter(({ type }) => eventWords(type).text === type.replace('lk.v1.', ''));
    expect(told.length).toBeGreaterThan(15);
    expect(unknown).toEqual([]);
  });

  it('tells denials and alarms from the rest', () => {
    expect(denialOf(accessDenied.type, accessDenied.example)).toBe('unknown');
    expect(denialOf(accessExpired.type, { reason: 'unknown' })).toBeUndefined();
    expect(denialOf(accessDenied.type, null)).toBeUndefined();
    expect([isAlarm(alarmMismatch.type), isAlarm(accessDenied.type)]).toEqual([true, false]);
  });
});

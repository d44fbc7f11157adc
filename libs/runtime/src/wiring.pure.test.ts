import { accessDenied, accessGranted, consumers, personEnrolled } from '@latchkey/contracts';
import { describe, expect, it } from 'vitest';
import type { Binding } from './binding.pure.js';
import { wiringFaults } from './wiring.pure.js';

const consumer = consumers.notifyAccess;
const granted: Binding = { kind: 'event', consumer, event: accessGranted };
const denied: Binding = { kind: 'event', consumer, event: accessDenied };

describe('the check at start-up', () => {
  it('is content with one handler for each event', () => {
    expect(wiringFaults([consumer], [granted, denied])).toEqual([]);
  });

  it('names an event that nothing handles', () => {
    const faults = wiringFaults([consumer], [granted]);
    expect(faults).toEqual([
      expect.stringMatching(/lk\.v1\.access\.denied.*notify-access.*@OnEvent/),
    ]);
  });

  it('names an event with two handlers', () => {
    expect(wiringFaults([consumer], [granted, denied, denied])).toEqual([
      expect.stringMatching(/two handlers/),
    ]);
  });

  it('names a handler whose event or consumer is not declared', () => {
    const foreign: Binding = { kind: 'event', consumer, event: personEnrolled };
    const undeclared: Binding = { kind: 'frame', consumer: consumers.qrFrames };
    expect(wiringFaults([consumer], [granted, denied, foreign, undeclared])).toHaveLength(2);
  });
});

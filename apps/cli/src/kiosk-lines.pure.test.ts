import { doorDisplay } from '@latchkey/contracts';
import { describe, expect, it } from 'vitest';
import { kioskAddress, waitingFor } from './kiosk-lines.pure.js';

function showing(phase: string, deadline: number | null = null) {
  return doorDisplay.parse({
    door: 'library-north',
    attempt: null,
    phase,
    name: null,
    reason: null,
    hint: null,
    deadline,
    remaining: null,
    sentence: '',
    at: 1_000,
  });
}

describe('the address of the kiosks', () => {
  it.each(['ws://127.0.0.1:8081', 'ws://127.0.0.1:8081/', 'ws://127.0.0.1:8081/kiosk'])(
    'is taken as the banner shows it or without its path: %s',
    (text) => expect(kioskAddress(text).href).toBe('ws://127.0.0.1:8081/kiosk'),
  );

  it('keeps the path of a site that has put it elsewhere', () => {
    expect(kioskAddress('wss://doors.example/north/kiosk').pathname).toBe('/north/kiosk');
  });

  it.each(['8081', 'http://127.0.0.1:8081'])('is no other thing: %s', (text) => {
    expect(() => kioskAddress(text)).toThrow(TypeError);
  });
});

describe('who sees nothing happen', () => {
  it('reads what the door waits for, and how long it will', () => {
    expect(waitingFor(showing('awaiting-code', 31_000), 6_500)).toMatch(/code.*gives up in 25 s/);
    expect(waitingFor(showing('awaiting-code', 31_000), 40_000)).toMatch(/in 0 s/);
    expect(waitingFor(showing('identifying'), 0)).toMatch(/face/);
    expect(waitingFor(undefined, 0)).toMatch(/let in/);
  });
});

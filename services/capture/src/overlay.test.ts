import { type DoorPhase, doorDisplay, doorPhase, facesObserved } from '@latchkey/contracts';
import { expect, it } from 'vitest';
import { overlayOf } from './overlay.pure.js';

const [someone] = facesObserved.example.faces;
if (!someone) throw new Error('the example has a face');
const seen = { ...facesObserved.example, faces: [someone, someone] };
const display = (phase: DoorPhase) =>
  doorDisplay.parse({
    door: seen.door,
    attempt: null,
    phase,
    name: 'Asha Rao',
    reason: null,
    hint: null,
    deadline: null,
    remaining: null,
    sentence: 'Show your code.',
    at: 1,
  });

it('names only the nearest face, only while the display belongs to who stands there', () => {
  const named = doorPhase.options.filter(
    (phase) => overlayOf(seen, display(phase), null).faces[0]?.name === 'Asha Rao',
  );
  expect(named).toEqual(['awaiting-code', 'checking-code', 'granted']);
  expect(overlayOf(seen, display('granted'), null).faces[1]?.name).toBeNull();
});

it('names nobody who is not clearly recognised, or without a display', () => {
  const unclear = { ...seen, faces: [{ ...someone, clear: false }] };
  expect(overlayOf(unclear, display('granted'), null).faces[0]?.name).toBeNull();
  expect(overlayOf(seen, undefined, null).faces[0]).toEqual({ box: someone.box, name: null });
});

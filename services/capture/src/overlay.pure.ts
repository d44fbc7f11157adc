import type { DoorDisplay, FacesObserved, KioskUpdate } from '@latchkey/contracts';

/** Phases in which a name on the display belongs to the person who stands there. */
const NAMED_PHASES: readonly DoorDisplay['phase'][] = ['awaiting-code', 'checking-code', 'granted'];

/**
 * What a kiosk draws over its picture: a box around each face, and the display's name at the nearest one, but only
 * where that face is clearly someone and the display itself may show the name.
 * @param frameNumber which of its frames it was, as the kiosk counts them
 */
export function overlayOf(
  seen: FacesObserved,
  display: DoorDisplay | undefined,
  frameNumber: number | null,
): Extract<KioskUpdate, { type: 'overlay' }> {
  const shown = display && NAMED_PHASES.includes(display.phase) ? display.name : null;
  return {
    type: 'overlay',
    frame: seen.frame,
    frameNumber,
    capturedAt: seen.capturedAt,
    widthPx: seen.widthPx,
    heightPx: seen.heightPx,
    faces: seen.faces.map(({ box, clear, usable }, index) => ({
      box,
      name: index === 0 && clear && usable ? shown : null,
    })),
  };
}

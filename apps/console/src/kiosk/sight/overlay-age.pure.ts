/** Boxes of an older picture are of where somebody was. */
export const OVERLAY_MAX_AGE_MS = 250;

/** Decides for how long the boxes of a picture are shown, so that they follow the faces. */
export class OverlayAge {
  #newestMs = -Infinity;

  /**
   * @param takenMs when the picture was taken; `nowMs` by the same clock
   * @returns for how many ms its boxes are shown; 0: not at all; `null`: those of a newer picture stay
   */
  shownForMs(takenMs: number, nowMs: number): number | null {
    if (takenMs < this.#newestMs) return null;
    this.#newestMs = takenMs;
    return Math.max(0, OVERLAY_MAX_AGE_MS - Math.max(0, nowMs - takenMs));
  }
}

import type { KioskUpdate } from '@latchkey/contracts';
import type { Page } from 'playwright-core';

/** What the screen did with what it heard. */
export interface Drawn {
  /** How many overlays were taken in. */
  readonly heard: number;
  /** How many lines were drawn for them. */
  readonly lines: number;
}

const COUNTING = `
  globalThis.drawn = { heard: 0, lines: 0 };
  const { stroke } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.stroke = function counted() {
    drawn.lines += 1;
    stroke.call(this);
  };
  new PerformanceObserver((told) => {
    drawn.heard += told.getEntriesByName('latchkey-overlay').length;
  }).observe({ type: 'measure' });
`;

/** A face in the middle of the picture. */
const FACE = { box: { x: 220, y: 140, width: 200, height: 200 }, name: null };

/**
 * Between a door's screen and capture: a line that tells of a face in each frame, at once or late. How soon the door's own
 * overlays come is up to the machine, so they are left out.
 */
export class LateLine {
  /** Overlays wait for so long. */
  lateMs = 0;
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  /** Before the page is opened. */
  static async before(page: Page): Promise<LateLine> {
    const line = new LateLine(page);
    await page.routeWebSocket(/\/kiosk$/, (screen) => {
      const capture = screen.connectToServer();
      let frames = 0;
      screen.onMessage((message) => {
        capture.send(message);
        if (typeof message === 'string') return;
        frames += 1;
        const overlay = JSON.stringify(overlayOf(frames));
        if (line.lateMs > 0) setTimeout(() => screen.send(overlay), line.lateMs);
        else screen.send(overlay);
      });
      capture.onMessage((message) => {
        const isOverlay = typeof message === 'string' && message.includes('"type":"overlay"');
        if (!isOverlay) screen.send(message);
      });
    });
    await page.addInitScript(COUNTING);
    return line;
  }

  /** Waits until so many overlays were heard, or lines drawn. */
  async until(wanted: 'heard' | 'lines', atLeast: number): Promise<Drawn> {
    const told = await this.#page.waitForFunction(
      ([key, least]) => {
        const { drawn } = globalThis as unknown as { drawn: Record<string, number> };
        return (drawn[key] ?? 0) >= least ? drawn : null;
      },
      [wanted, atLeast] as const,
      { timeout: 60_000 },
    );
    return (await told.jsonValue()) as unknown as Drawn;
  }
}

function overlayOf(frameNumber: number): KioskUpdate {
  return {
    type: 'overlay',
    frame: crypto.randomUUID(),
    frameNumber,
    capturedAt: Date.now(),
    widthPx: 640,
    heightPx: 480,
    faces: [FACE],
  };
}

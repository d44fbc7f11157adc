import type { DoorPhase, KioskUpdate } from '@latchkey/contracts';
import type { Page } from 'playwright-core';

/** Where pictures are drawn everything takes longer: by the page's own clock, no box is late. */
const SLOWER = 20;

/** What was drawn over the door's picture stays until it is drawn anew: a screenshot takes longer than a box is shown. */
const KEEPING = `
  const clock = performance.now.bind(performance);
  performance.now = () => clock() / ${SLOWER};
  globalThis.kept = { boxes: 0, names: 0 };
  const keep = (canvas) => {
    const copy = canvas.kept ??= canvas.cloneNode();
    if (!copy.isConnected) {
      canvas.after(copy);
      canvas.style.visibility = 'hidden';
    }
    copy.width = canvas.width;
    copy.height = canvas.height;
    copy.getContext('2d').drawImage(canvas, 0, 0);
  };
  const { stroke, fillText } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.stroke = function stroked(...all) {
    stroke.apply(this, all);
    kept.boxes += 1;
    keep(this.canvas);
  };
  CanvasRenderingContext2D.prototype.fillText = function named(...all) {
    fillText.apply(this, all);
    kept.names += 1;
    keep(this.canvas);
  };
`;

/** A door's page that stands still at what it shows for as long as a picture of it takes. */
export class HeldDoor {
  #stopsAt: DoorPhase | undefined;
  #isHeld = false;
  /** What is to be handed on, in its order. */
  #waiting: (() => void)[] = [];

  private constructor(private readonly page: Page) {}

  /** Before the page is opened. */
  static async before(page: Page): Promise<HeldDoor> {
    const held = new HeldDoor(page);
    await page.routeWebSocket(/\/kiosk$/, (screen) => {
      const capture = screen.connectToServer();
      // What was held back was for a page that is gone.
      held.#waiting = [];
      held.#isHeld = false;
      capture.onMessage((message) => held.#hear(message, () => screen.send(message)));
    });
    await page.addInitScript(KEEPING);
    return held;
  }

  /** Lets the page show what comes, up to a phase; there it stands until it is told to go on. */
  goOn(upTo: DoorPhase): void {
    this.#stopsAt = upTo;
    this.#isHeld = false;
    for (const hand of this.#waiting.splice(0)) hand();
  }

  /** Waits until a box is drawn, or one with a name. */
  async untilDrawn(what: 'boxes' | 'names'): Promise<void> {
    await this.page.waitForFunction(
      (key) => ((globalThis as unknown as { kept: Record<string, number> }).kept[key] ?? 0) > 0,
      what,
      { timeout: 60_000 },
    );
  }

  #hear(message: string | Buffer, hand: () => void): void {
    const told = JSON.parse(String(message)) as KioskUpdate;
    const display = told.type === 'display' ? told.display : undefined;
    if (!display) {
      hand();
      return;
    }
    const show = () => {
      if (this.#isHeld) {
        this.#waiting.push(show);
        return;
      }
      hand();
      this.#isHeld = display.phase === this.#stopsAt;
    };
    show();
  }
}

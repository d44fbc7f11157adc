import type { KioskUpdate } from '@latchkey/contracts';
import { type DrawnFace, FaceFollower } from './faces.pure.js';
import { OverlayAge } from './overlay-age.pure.js';

type Overlay = Extract<KioskUpdate, { type: 'overlay' }>;

/** Each stands out against skin, clothes and walls; the dark rim does the rest. */
const PALETTE = ['#5ce1e6', '#ffd166', '#c3a6ff', '#8ce99a', '#ffa8a8', '#ffffff'] as const;
const INK = '#10151b';

/** Draws a box around each face over the mirrored picture, and takes it away when it is too old. */
export class OverlayPainter {
  readonly #canvas: HTMLCanvasElement;
  readonly #age = new OverlayAge();
  readonly #follower = new FaceFollower(PALETTE.length);
  readonly #resized: ResizeObserver;
  #timer = 0;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#resized = new ResizeObserver(() => this.#fit());
    this.#resized.observe(canvas);
  }

  /** @param takenMs when the overlay's frame was taken, by the page's monotonic clock */
  paint(overlay: Overlay, takenMs: number): void {
    const nowMs = performance.now();
    const leftMs = this.#age.shownForMs(takenMs, nowMs);
    if (leftMs === null) return;
    const faces = this.#follower.follow(overlay.faces, nowMs);
    clearTimeout(this.#timer);
    this.clear();
    if (leftMs === 0) return;
    for (const face of faces) this.#draw(face, overlay);
    this.#timer = window.setTimeout(() => this.clear(), leftMs);
  }

  clear(): void {
    const { width, height } = this.#canvas;
    this.#canvas.getContext('2d')?.clearRect(0, 0, width, height);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#resized.disconnect();
  }

  #fit(): void {
    const { clientWidth, clientHeight } = this.#canvas;
    this.#canvas.width = Math.round(clientWidth * devicePixelRatio);
    this.#canvas.height = Math.round(clientHeight * devicePixelRatio);
  }

  #draw({ box, name, colour }: DrawnFace, { widthPx, heightPx }: Overlay): void {
    const context = this.#canvas.getContext('2d');
    if (!context) return;
    const { width, height } = this.#canvas;
    const [scaleX, scaleY] = [width / widthPx, height / heightPx];
    // The picture is shown mirrored: what is left in the frame is right on the screen.
    const x = (widthPx - box.x - box.width) * scaleX;
    const y = box.y * scaleY;
    const [w, h] = [box.width * scaleX, box.height * scaleY];
    const line = Math.max(2, width / 220);
    for (const [style, thickness] of [
      [INK, line * 2],
      [PALETTE[colour] ?? PALETTE[0], line],
    ] as const) {
      context.strokeStyle = style;
      context.lineWidth = thickness;
      context.beginPath();
      context.roundRect(x, y, w, h, w / 12);
      context.stroke();
    }
    if (name !== null) this.#label(context, name, { x, y, colour });
  }

  #label(
    context: CanvasRenderingContext2D,
    name: string,
    { x, y, colour }: { x: number; y: number; colour: number },
  ): void {
    const { width } = this.#canvas;
    const size = Math.max(14 * devicePixelRatio, width / 28);
    context.font = `600 ${size}px system-ui, sans-serif`;
    const padding = size * 0.4;
    const textWidth = Math.min(context.measureText(name).width, width - padding * 4);
    const boxWidth = textWidth + padding * 2;
    const left = Math.max(padding, Math.min(x, width - boxWidth - padding));
    const top = Math.max(padding, y - size - padding * 2.2);
    context.fillStyle = PALETTE[colour] ?? PALETTE[0];
    context.beginPath();
    context.roundRect(left, top, boxWidth, size + padding, size / 4);
    context.fill();
    context.fillStyle = INK;
    context.textBaseline = 'middle';
    context.fillText(name, left + padding, top + (size + padding) / 2, textWidth);
  }
}

/** After so long without a key or a touch, what the page asks for by itself is no activity of the operator's. */
const ACTIVE_MS = 60_000;

let lastAt = performance.now();
for (const kind of ['pointerdown', 'keydown', 'wheel']) {
  window.addEventListener(kind, () => (lastAt = performance.now()), { passive: true });
}

/** Whether the operator does something here: a page that merely refreshes itself must not keep one signed in. */
export function isActive(): boolean {
  return performance.now() - lastAt < ACTIVE_MS;
}

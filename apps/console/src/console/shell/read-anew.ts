const LAST = 'latchkey.read-anew';
/** Where the page read anew lacks it too, reading it again and again would not help. */
const AT_MOST_EVERY_MS = 60_000;

/**
 * A page that was open while Latchkey was updated asks for parts that are no more: it is read anew, at the same place, instead of
 * staying empty.
 */
export function readAnewWhereReplaced(): void {
  window.addEventListener('vite:preloadError', () => {
    const lastMs = Number(sessionStorage.getItem(LAST) ?? 0);
    if (Date.now() - lastMs < AT_MOST_EVERY_MS) return;
    sessionStorage.setItem(LAST, String(Date.now()));
    window.location.reload();
  });
}

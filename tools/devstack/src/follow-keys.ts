import type { Broker } from './broker.js';

const LOOK_MS = 500;

/** Has the broker read its configuration each time that `latchkey keys` writes it anew. @returns what ends that */
export function followKeys(broker: Broker): Disposable {
  let isLooking = false;
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    void broker
      .reload()
      .catch(() => undefined) // a broker that has just ended is started with it
      .finally(() => (isLooking = false));
  }, LOOK_MS);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

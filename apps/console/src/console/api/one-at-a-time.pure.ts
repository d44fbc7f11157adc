/**
 * Reads when it is asked to, a moment later, and never twice at a time: what is asked for while it reads is read once more
 * afterwards. So a slow line is left to come to its end, and the newest is read last.
 * @param pause how long to wait for more to be asked for
 */
export function oneAtATime(
  read: () => Promise<unknown>,
  pause: () => Promise<unknown>,
): () => void {
  let [isUnderWay, isAsked] = [false, false];
  const goOn = async () => {
    isUnderWay = true;
    while (isAsked) {
      await pause();
      isAsked = false;
      await read().catch(() => undefined);
    }
    isUnderWay = false;
  };
  return () => {
    isAsked = true;
    if (!isUnderWay) void goOn();
  };
}

const WITHIN_MS = 60_000;

/** Asks again and again until there is an answer, for at most a minute. The broker may be away when it is asked. */
export async function until<Value>(
  what: string,
  ask: () => Promise<Value | undefined>,
): Promise<Value> {
  const deadline = Date.now() + WITHIN_MS;
  let cause: unknown;
  for (;;) {
    const value = await ask().catch((error: unknown) => {
      cause = error;
      return undefined;
    });
    if (value !== undefined) return value;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`, { cause });
    await new Promise((resolve) => setImmediate(resolve));
  }
}

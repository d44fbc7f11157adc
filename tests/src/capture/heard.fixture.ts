const WAIT_MS = 45_000;

/** A list that grows, and whose items can be waited for. */
export class Heard<Item> {
  readonly items: Item[] = [];
  readonly #waiting = new Set<() => void>();

  add(item: Item): void {
    this.items.push(item);
    for (const look of this.#waiting) look();
  }

  /** The first item that fits, from `from` on; those already there count. */
  async first<Kind extends Item>(fits: (item: Item) => item is Kind, from?: number): Promise<Kind>;
  async first(fits: (item: Item) => boolean, from?: number): Promise<Item>;
  async first(fits: (item: Item) => boolean, from = 0): Promise<Item> {
    const { promise, resolve, reject } = Promise.withResolvers<Item>();
    const look = () => {
      const found = this.items.slice(from).find(fits);
      if (found !== undefined) resolve(found);
    };
    const late = setTimeout(
      () => reject(new Error(`not heard within ${WAIT_MS} ms; heard ${this.items.length} others`)),
      WAIT_MS,
    );
    this.#waiting.add(look);
    look();
    return promise.finally(() => {
      clearTimeout(late);
      this.#waiting.delete(look);
    });
  }
}

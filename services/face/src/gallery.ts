import { type Candidate, type Embedding, thresholdForGallery } from '@latchkey/vision';
import { GalleryMatrix } from './gallery-matrix.js';

/** The people whom a face can be recognised as. */
export interface Gallery {
  /** How many people are in it. */
  readonly size: number;
  /** The similarity from which on someone is a candidate, 0.40..0.60: it follows the size. */
  readonly threshold: number;
  /** The most similar people, the most similar first, at most `count`. */
  search(probe: Embedding, count: number): Candidate[];
}

/** What is known of how complete the gallery is. */
export interface GalleryState {
  readonly people: number;
  /** How many the manifest says there are; `undefined`: none was seen since the (re)fill began. */
  readonly expected: number | undefined;
  /** Entries that could not be opened. */
  readonly unreadable: number;
  /** Faces may be searched for: a fill was complete once. */
  readonly ready: boolean;
}

/**
 * The gallery in memory, kept in step with its bucket. A fill is complete once as many entries came as the manifest
 * counts; only then does it replace what was searched before, so a broker that lost its memory makes nobody a
 * stranger. A deletion takes effect at once, in both. An entry that can't be opened counts as there, but knows nobody.
 */
export class LiveGallery implements Gallery {
  /** What is searched; `undefined` until a fill was complete. */
  #active: GalleryMatrix | undefined;
  /** The fill in progress; the same as `#active` once it is complete. */
  #filling = new GalleryMatrix();
  #unreadable = new Set<string>();
  #expected: number | undefined;
  readonly #ready = Promise.withResolvers<void>();

  get size(): number {
    return this.#active?.size ?? 0;
  }

  get threshold(): number {
    return thresholdForGallery(this.size);
  }

  search(probe: Embedding, count: number): Candidate[] {
    return this.#active?.search(probe, count) ?? [];
  }

  state(): GalleryState {
    return {
      people: this.size,
      expected: this.#expected,
      unreadable: this.#unreadable.size,
      ready: this.#active !== undefined,
    };
  }

  /** Resolves once faces may be searched for. */
  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  /** The bucket is read from its beginning again: what is searched stays until that fill is complete. */
  beginFill(): void {
    this.#filling = new GalleryMatrix();
    this.#unreadable = new Set();
    this.#expected = undefined;
  }

  set(person: string, template: Embedding): void {
    this.#unreadable.delete(person);
    this.#filling.set(person, template);
    this.#completeFill();
  }

  setUnreadable(person: string): void {
    this.#filling.delete(person);
    this.#active?.delete(person);
    this.#unreadable.add(person);
    this.#completeFill();
  }

  delete(person: string): void {
    this.#unreadable.delete(person);
    this.#filling.delete(person);
    this.#active?.delete(person);
    this.#completeFill();
  }

  setManifest(count: number): void {
    this.#expected = count;
    this.#completeFill();
  }

  #completeFill(): void {
    if (this.#active === this.#filling || this.#expected === undefined) return;
    if (this.#filling.size + this.#unreadable.size < this.#expected) return;
    // Where nothing at all can be opened, the key is wrong: everyone would be a stranger.
    if (this.#filling.size === 0 && this.#unreadable.size > 0) return;
    this.#active = this.#filling;
    this.#ready.resolve();
  }
}

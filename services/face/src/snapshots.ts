import { objectStores } from '@latchkey/contracts';
import { type Bus, type Objects, openObjects, sealBytes } from '@latchkey/runtime';
import { blurQrRegions, type CodeReader, encodeJpeg, type Picture, toGrey } from '@latchkey/vision';
import { SnapshotTurns, snapshotPaceMs } from './snapshot-turns.js';

const JPEG_QUALITY = 82;
/** Time for further tries to read a code which the first does not find. */
const READ_BUDGET_MS = 15;

/** Which frame a picture is of. */
export interface SnapshotFacts {
  readonly door: string;
  readonly frame: string;
  readonly capturedAt: number;
  /** Someone of the gallery, live: a picture is rarely needed. */
  readonly isKnown: boolean;
}

/** Keeps pictures behind observations: codes in them blurred, sealed for evidence, at most one a second and door. */
export class Snapshots {
  readonly turns = new SnapshotTurns();
  readonly #bus: Bus;
  readonly #store: Objects;
  readonly #reader: CodeReader;
  readonly #evidenceKey: string;
  readonly #everyMs: number;

  private constructor(
    bus: Bus,
    store: Objects,
    reader: CodeReader,
    facts: { evidenceKey: string; everyMs: number },
  ) {
    this.#everyMs = facts.everyMs;
    this.#bus = bus;
    this.#store = store;
    this.#reader = reader;
    this.#evidenceKey = facts.evidenceKey;
  }

  static async open(
    bus: Bus,
    reader: CodeReader,
    facts: { evidenceKey: string; everyMs: number },
  ): Promise<Snapshots> {
    return new Snapshots(bus, await openObjects(bus, objectStores.snapshots), reader, facts);
  }

  /**
   * Keeps the picture if it is the door's turn.
   * @returns its key once it is stored, or `null`: not its turn, or something failed. A picture whose codes could not be
   * looked for is never kept.
   */
  async keep(picture: Picture, facts: SnapshotFacts): Promise<string | null> {
    const { door, frame, capturedAt, isKnown } = facts;
    const ageMs = this.#bus.nowMs() - capturedAt;
    const paceMs = snapshotPaceMs(this.#everyMs, { isKnown, ageMs });
    if (!this.turns.take(door, capturedAt, paceMs)) return null;
    const key = `${door}.${frame}`;
    try {
      const jpeg = await encodeJpeg(await this.#withoutCodes(picture), JPEG_QUALITY);
      await this.#store.put(key, sealBytes(this.#evidenceKey, jpeg));
      return key;
    } catch (err) {
      this.#bus.log.warn({ err, door, frame }, 'a snapshot could not be kept');
      return null;
    }
  }

  async #withoutCodes(picture: Picture): Promise<Picture> {
    const grey = toGrey(picture);
    const seen = await this.#reader.locate(grey);
    const read = await this.#reader.read(grey, { budgetMs: READ_BUDGET_MS, maxCodes: 8 });
    return blurQrRegions(picture, [...seen, ...read.map(({ box }) => box)]);
  }
}

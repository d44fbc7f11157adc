import { objectStores } from '@latchkey/contracts';
import {
  type Bus,
  type Held,
  type ObjectWriter,
  openObjectWriter,
  sealBytes,
} from '@latchkey/runtime';
import { type CodeReader, encodeJpeg, type Picture } from '@latchkey/vision';
import { SnapshotTurns, snapshotPaceMs } from './snapshot-turns.js';
import { withoutCodes } from './without-codes.js';

const JPEG_QUALITY = 82;

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
  readonly #store: ObjectWriter;
  readonly #reader: CodeReader;
  readonly #evidenceKey: Held<string>;
  readonly #everyMs: number;

  private constructor(
    bus: Bus,
    store: ObjectWriter,
    reader: CodeReader,
    facts: { evidenceKey: Held<string>; everyMs: number },
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
    facts: { evidenceKey: Held<string>; everyMs: number },
  ): Promise<Snapshots> {
    return new Snapshots(bus, await openObjectWriter(bus, objectStores.snapshots), reader, facts);
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
      const jpeg = await encodeJpeg(await withoutCodes(this.#reader, picture), JPEG_QUALITY);
      await this.#store.put(key, sealBytes(this.#evidenceKey, jpeg));
      return key;
    } catch (err) {
      this.#bus.log.warn({ err, door, frame }, 'a snapshot could not be kept');
      return null;
    }
  }
}

import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { type EventDefinition, shortTypeOf } from '@latchkey/contracts';
import { type Campus, KioskClient, type Member, sampleFace } from '@latchkey/demo';
import { doorFrame } from '@latchkey/vision/samples';
import sharp from 'sharp';
import type { z } from 'zod';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Anyone of the sample pictures as somebody to enrol; the names are made up. */
export function member(id: string, name: string, face: string): Member {
  return { id, name, email: `${id}@campus.example`, face: sampleFace(face) };
}

/**
 * A face between two people's, whom the models take for either (0.52 and 0.52): how a short list of candidates comes
 * about. It's a picture, so a door must be set to do without liveness.
 */
export async function faceBetween(): Promise<Buffer> {
  const [one, other] = await Promise.all([
    doorFrame(sampleFace('sample5@378')),
    doorFrame(sampleFace('sample5@1114'), { right: -0.02 }),
  ]);
  const half = await sharp(other).ensureAlpha(0.5).png().toBuffer();
  return sharp(one)
    .composite([{ input: half }])
    .jpeg({ quality: 92 })
    .toBuffer();
}

/** A door with its kiosk, and what the bus, the mail boxes and the registry tell of it. */
export class Doorway {
  private constructor(
    readonly campus: Campus,
    readonly kiosk: KioskClient,
    readonly token: string,
    private readonly settings: object,
  ) {}

  static async open(campus: Campus, id: string, more: object = {}): Promise<Doorway> {
    const settings = { name: `Door ${id}`, ...more };
    const token = await campus.gateway.createDoor(id, settings);
    const kiosk = await KioskClient.connect(campus.stack.kioskUrl, id, token);
    return new Doorway(campus, kiosk, token, settings);
  }

  /** A second camera of the same door. */
  camera(name: string): Promise<KioskClient> {
    return KioskClient.connect(this.campus.stack.kioskUrl, this.kiosk.door, this.token, name);
  }

  /** An operator changes the door's settings. */
  async set(changes: object): Promise<void> {
    const { gatewayUrl, operatorToken } = this.campus.stack;
    const url = `${gatewayUrl}/api/v1/doors/${this.kiosk.door}`;
    const authorization = `Bearer ${operatorToken}`;
    const read = await fetch(url, { headers: { authorization } });
    const answer = await fetch(url, {
      method: 'PUT',
      headers: {
        authorization,
        'content-type': 'application/json',
        'if-match': read.headers.get('etag') ?? '',
      },
      body: JSON.stringify({ ...this.settings, ...changes }),
    });
    if (!answer.ok) throw new Error(`the door was not changed: ${await answer.text()}`);
  }

  /** What was published of this door, in order: `access.started`, `alarm.mismatch`. */
  get told(): string[] {
    return this.campus.bus.heard
      .filter(({ subject }) => /^lk\.v1\.(access|alarm)\./.test(subject))
      .filter(({ event }) => (event.data as { door?: string }).door === this.kiosk.door)
      .map(({ event }) => shortTypeOf(event.type));
  }

  /** The data of an event of this door, there already or to come; `nth`: from 1. */
  async tells<Schema extends z.ZodType>(
    definition: Pick<EventDefinition, 'type'> & { readonly data: Schema },
    nth = 1,
  ): Promise<z.infer<Schema>> {
    const all = () =>
      this.campus.bus.heard.filter(
        ({ subject, event }) =>
          !subject.startsWith('lk.v1.open.') &&
          event.type === definition.type &&
          (event.data as { door: string }).door === this.kiosk.door,
      );
    await this.campus.bus.waitFor(() => all().length >= nth);
    return definition.data.parse(all()[nth - 1]?.event.data);
  }

  close(): void {
    this.kiosk.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }
}

/** Lets a day pass over a person's code: the setting counts in days, so the stored date is set back. */
export function ageCodeByADay({ dataDir }: Campus, person: string): void {
  using store = new DatabaseSync(join(dataDir, 'registry.db'), { timeout: 5_000 });
  const aged = store
    .prepare(
      `UPDATE people SET version = version + 1,
         body = json_set(body, '$.code.expiresAt', json_extract(body, '$.code.expiresAt') - ?)
       WHERE id = ?`,
    )
    .run(DAY_MS, person);
  if (aged.changes !== 1) throw new Error(`there is no person ${person}`);
}

/** Whether a mail with this subject came to the person, there already or to come. */
export async function isMailed(campus: Campus, to: Member, subject: RegExp): Promise<boolean> {
  const mail = await campus.mail.waitFor(
    (one) => one.to.includes(to.email) && subject.test(one.subject),
    60_000,
  );
  return mail.to.length === 1;
}

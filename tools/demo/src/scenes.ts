import { randomBytes } from 'node:crypto';
import type { DoorDisplay } from '@latchkey/contracts';
import { emptyFrame, probeFrames, type SamplePerson } from '@latchkey/vision/samples';
import qrcode from 'qrcode';
import type { Campus, Member } from './campus.js';
import { codePictureOf, holdingUp } from './code-picture.js';
import type { KioskClient, Scene } from './kiosk.client.js';

const settled = (display: DoorDisplay) =>
  ['granted', 'denied', 'expired', 'abandoned'].includes(display.phase);

const drawn = new Map<string, Promise<Buffer[]>>();

/** How this person looks at the door; drawn once, since the same frames come each time. */
export function looksOf(face: SamplePerson): Promise<Buffer[]> {
  const frames = drawn.get(face.id) ?? probeFrames(face);
  drawn.set(face.id, frames);
  return frames;
}

/** The person with a code held up; they go on standing there while the frames are drawn. */
async function heldUp(kiosk: KioskClient, face: SamplePerson, code: Buffer): Promise<Buffer[]> {
  const looks = await looksOf(face);
  return kiosk.standWhile(looks, () => holdingUp(code, looks));
}

/** They put it away once the door has taken it: a code that is seen again after a second, by a slow machine, counts again. */
async function untilTaken(kiosk: KioskClient, face: SamplePerson, code: Buffer): Promise<Scene> {
  const [withCode, looks] = [await heldUp(kiosk, face, code), await looksOf(face)];
  return (shown) => (shown?.phase === 'checking-code' ? looks : withCode);
}

/** What the door's outcome reads like in the table. */
function outcomeOf(display: DoorDisplay): string {
  return display.reason ? `${display.phase} (${display.reason})` : display.phase;
}

/** Nobody stands there until the door is idle again. */
export async function leave(kiosk: KioskClient): Promise<void> {
  const empty = await emptyFrame();
  // A door where nobody was seen for a while is idle already, and has nothing new to show.
  if (kiosk.shown.at(-1)?.phase === 'idle') return;
  await kiosk.show([empty], (display) => display.phase === 'idle');
}

/** Someone looks at the door until it asks for the code, or says no. */
export async function look(kiosk: KioskClient, face: SamplePerson): Promise<string> {
  const display = await kiosk.show(
    await looksOf(face),
    (shown) => shown.phase === 'awaiting-code' || settled(shown),
  );
  return display.phase === 'awaiting-code'
    ? `asked for the code, as ${display.name ?? 'nobody by name'}`
    : outcomeOf(display);
}

/** Someone at a door that awaits the code holds up a picture of one until there is an outcome. */
export async function showCode(
  kiosk: KioskClient,
  face: SamplePerson,
  code: Buffer,
): Promise<string> {
  return outcomeOf(await kiosk.show(await heldUp(kiosk, face, code), settled));
}

/** Someone shows a wrong code until the door counts it. */
export async function showWrongCode(kiosk: KioskClient, face: SamplePerson): Promise<string> {
  const code = await qrcode.toBuffer(`LK1.${randomBytes(16).toString('base64url')}`, {
    margin: 4,
    width: 300,
  });
  const scene = await untilTaken(kiosk, face, code);
  const before = kiosk.shown.at(-1)?.remaining ?? 5;
  const display = await kiosk.show(
    scene,
    (shown) =>
      settled(shown) || (shown.phase === 'awaiting-code' && (shown.remaining ?? 5) < before),
  );
  return settled(display) ? outcomeOf(display) : `refused, ${display.remaining} left`;
}

/** A code that was used already, shown again until the door counts it; the person then cancels. */
export async function showUsedCode(
  kiosk: KioskClient,
  face: SamplePerson,
  code: Buffer,
): Promise<string> {
  const display = await kiosk.show(
    await untilTaken(kiosk, face, code),
    (shown) => settled(shown) || shown.hint === 'wrong-code',
  );
  if (settled(display)) return outcomeOf(display);
  const ended = kiosk.show(await looksOf(face), settled);
  kiosk.send({ type: 'cancel' });
  return `refused, then ${outcomeOf(await ended)}`;
}

/** A whole entry with the code that was mailed last, the `nth` mail to this member. */
export async function enter(
  campus: Campus,
  kiosk: KioskClient,
  member: Member,
  face: SamplePerson,
  nth: number,
): Promise<string> {
  const asked = await look(kiosk, face);
  if (!asked.startsWith('asked')) return asked;
  return showCode(kiosk, face, codePictureOf(await campus.codeMail(member.email, nth)));
}

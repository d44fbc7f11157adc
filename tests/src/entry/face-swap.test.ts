// Real: broker, all services as processes, models, registry's store, SMTP server, WebSocket kiosk.
import { accessExpired, accessGranted, accessIdentified, accessStarted } from '@latchkey/contracts';
import {
  asha,
  ben as stranger,
  Campus,
  codePictureOf,
  holdingUp,
  type KioskClient,
  look,
  looksOf,
  showCode,
} from '@latchkey/demo';
import { emptyFrame } from '@latchkey/vision/samples';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

describe('somebody who steps in with the code of the person who was recognised', () => {
  let campus: Campus;
  let code: Buffer;

  beforeAll(async () => {
    campus = await Campus.start();
    await campus.register(asha);
    code = codePictureOf(await campus.codeMail(asha.email));
  });
  afterAll(() => campus?.close(), 60_000);

  const outcomesAt = (door: KioskClient) =>
    campus.bus.heard
      .filter(({ subject }) => subject.startsWith(`lk.v1.access.${door.door}.`))
      .map(({ event }) => event.type)
      .filter((type) => type !== accessStarted.type && type !== accessIdentified.type);

  /** The stranger stays until the wait for Asha's code is over. */
  async function strangerTries(door: KioskClient, frames: readonly Buffer[]): Promise<string[]> {
    await door.show(frames, ({ phase }) => !phase.endsWith('code'), 60_000);
    await campus.bus.waitFor(() => outcomesAt(door).length > 0);
    return outcomesAt(door);
  }

  it('is not let in, not even from one frame to the next', async () => {
    await using door = await campus.door('swap-at-once', { codeWaitS: 5 });
    const frames = await holdingUp(code, await looksOf(stranger.face));
    expect(await look(door, asha.face)).toBe('asked for the code, as Asha Rao');
    expect(await strangerTries(door, frames)).toEqual([accessExpired.type]);
  });

  it('is not let in with a face shown first and a code that then hides it', async () => {
    await using door = await campus.door('swap-hidden', { codeWaitS: 5 });
    const [face = await emptyFrame()] = await looksOf(stranger.face);
    const codeAlone = await holdingUp(code, [await emptyFrame()]);
    await look(door, asha.face);
    // A frame that an overloaded site sheds is as if the face had been hidden in it: twice, so that one was surely seen.
    await door.showFrame(face);
    await door.showFrame(face);
    expect(await strangerTries(door, [face, ...codeAlone])).toEqual([accessExpired.type]);
  });

  it('has not used the code up: the person who comes back gets in with it', async () => {
    await using door = await campus.door('swap-back', { codeWaitS: 90 });
    const frames = await holdingUp(code, await looksOf(stranger.face));
    await look(door, asha.face);
    for (const frame of [...frames, ...frames]) await door.showFrame(frame);
    expect(outcomesAt(door)).toEqual([]);
    expect(await showCode(door, asha.face, code)).toBe('granted');
    await campus.bus.waitFor(() => outcomesAt(door).length > 0);
    expect(outcomesAt(door)).toEqual([accessGranted.type]);
  });
});

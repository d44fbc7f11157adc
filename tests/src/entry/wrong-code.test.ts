// Real: broker, all services as processes, models, registry's store, SMTP server, WebSocket kiosk.
import {
  accessCodeRefused,
  accessDenied,
  accessExpired,
  alarmWrongCode,
} from '@latchkey/contracts';
import {
  asha,
  ben,
  Campus,
  chloe,
  codePictureOf,
  type KioskClient,
  leave,
  look,
  looksOf,
  showCode,
  showWrongCode,
} from '@latchkey/demo';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

describe('a wrong code', { timeout: 180_000 }, () => {
  let campus: Campus;
  let door: KioskClient;

  beforeAll(async () => {
    campus = await Campus.start();
    // Five showings are one attempt, on a slow machine too.
    door = await campus.door('library-north', { codeWaitS: 90 });
    await campus.register({ ...chloe, guard: true });
    for (const person of [asha, ben]) await campus.register(person);
  });
  afterAll(async () => {
    door?.close();
    await campus?.close();
  });

  it('leaves the door shut and says how many tries are left', async () => {
    await look(door, ben.face);
    for (const left of [4, 3, 2, 1]) {
      expect(await showWrongCode(door, ben.face)).toBe(`refused, ${left} left`);
    }
    const refused = () =>
      campus.bus.heard
        .filter(({ event }) => event.type === accessCodeRefused.type)
        .map(({ event }) => accessCodeRefused.data.parse(event.data).wrongCount);
    await campus.bus.waitFor(() => refused().length >= 4);
    expect(refused()).toEqual([1, 2, 3, 4]);
  });

  it('ends the attempt at the fifth, with the photograph kept and the person locked', async () => {
    expect(await showWrongCode(door, ben.face)).toBe('denied (wrong-code)');
    expect(door.shownIn('denied')?.sentence).toMatch(/^ACCESS DENIED/);
    const { event } = await campus.bus.waitFor((heard) => heard.event.type === accessDenied.type);
    const denial = accessDenied.data.parse(event.data);
    expect(denial).toMatchObject({ reason: 'wrong-code', person: ben.id });
    expect(denial.evidence).not.toBeNull();
    expect((denial.lockedUntil ?? 0) - denial.at).toBeGreaterThan(4 * 60_000);
  });

  it('warns the person and the guards by mail, and nobody else', async () => {
    await campus.bus.waitFor((heard) => heard.event.type === alarmWrongCode.type);
    await campus.mail.waitFor(
      (mail) => mail.to.includes(ben.email) && /wrong code as you/i.test(mail.subject),
      60_000,
    );
    const alarm = await campus.mail.waitFor(
      (mail) => mail.to.includes(chloe.email) && /wrong code/i.test(mail.subject),
      60_000,
    );
    expect(alarm.text).toContain('Ben Okafor');
    expect(
      campus.mail
        .mails()
        .some((mail) => mail.to.includes(asha.email) && /wrong code/i.test(mail.subject)),
    ).toBe(false);
  });

  it('does not let the locked person in with the right code', async () => {
    await leave(door);
    await look(door, ben.face);
    const right = codePictureOf(await campus.codeMail(ben.email));
    expect(await showCode(door, ben.face, right)).toBe('denied (locked)');
  });

  it('lets the others in meanwhile', async () => {
    await leave(door);
    await look(door, asha.face);
    expect(await showCode(door, asha.face, codePictureOf(await campus.codeMail(asha.email)))).toBe(
      'granted',
    );
  });

  it('is not waited for beyond the door’s deadline', async () => {
    await leave(door);
    const other = await campus.door('lab-east', { codeWaitS: 5 });
    const frames = await looksOf(asha.face);
    await look(other, asha.face);
    const display = await other.show(frames, ({ phase }) => phase === 'expired');
    expect(display.reason).toBeNull();
    const { event } = await campus.bus.waitFor((heard) => heard.event.type === accessExpired.type);
    expect(accessExpired.data.parse(event.data)).toMatchObject({
      person: asha.id,
      during: 'awaiting-code',
    });
    other.close();
  });
});

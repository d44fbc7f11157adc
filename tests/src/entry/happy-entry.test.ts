// Real: broker, all services as processes, models, registry's store, SMTP server, WebSocket kiosk.
import { sep } from 'node:path';
import {
  accessGranted,
  accessIdentified,
  accessStarted,
  codeIssued,
  codeUsed,
  doorOpen,
  personEnrolled,
} from '@latchkey/contracts';
import {
  asha,
  ashaAnotherDay,
  ben,
  Campus,
  chloe,
  codePictureOf,
  codeTextIn,
  type KioskClient,
  leave,
  look,
  showCode,
  showUsedCode,
} from '@latchkey/demo';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesIn } from '../erasure/files.fixture.js';

describe('a whole entry', { timeout: 180_000 }, () => {
  let campus: Campus;
  let door: KioskClient;

  beforeAll(async () => {
    campus = await Campus.start();
    door = await campus.door('library-north');
    for (const person of [ben, asha, chloe]) await campus.register(person);
  });
  afterAll(async () => {
    door?.close();
    await campus?.close();
  });

  const ofType = (type: string) =>
    campus.bus.heard.filter(({ event }) => event.type === type).map(({ event }) => event);

  it('begins with a mail that carries the first code, attached and inline', async () => {
    const mail = await campus.codeMail(asha.email);
    const pictures = mail.attachments.filter((part) => part.contentType === 'image/png');
    expect(pictures.some((part) => part.disposition === 'attachment')).toBe(true);
    const inline = pictures.find((part) => part.cid && mail.html.includes(`cid:${part.cid}`));
    expect(inline).toBeDefined();
    expect(await codeTextIn(codePictureOf(mail))).toMatch(/^LK1\.[A-Za-z0-9_-]{22}$/);
    expect(mail.to).toEqual([asha.email]);
  });

  it('tells those who were registered before, each alone, and not the person', async () => {
    await campus.bus.waitFor(
      ({ event }) =>
        event.type === personEnrolled.type &&
        (event.data as { person: string }).person === chloe.id,
    );
    for (const { email } of [asha, ben]) {
      const mail = await campus.mail.waitFor(
        (m) => m.to.includes(email) && m.subject.includes('Chloé Martin was registered'),
        60_000,
      );
      expect(mail.to).toEqual([email]);
      const source = JSON.stringify(mail);
      for (const other of [asha, ben, chloe].filter((person) => person.email !== email)) {
        expect(source).not.toContain(other.email);
      }
    }
    await campus.mail.waitFor(
      ({ to, subject }) => to.includes(ben.email) && subject.includes('Asha Rao was registered'),
      60_000,
    );
    const toAsha = campus.mail.mails().filter((mail) => mail.to.includes(asha.email));
    expect(toAsha.some((mail) => mail.subject.includes('Ben Okafor was registered'))).toBe(false);
  });

  it('greets the person, in another photograph, and asks for the code', async () => {
    expect(await look(door, ashaAnotherDay)).toBe('asked for the code, as Asha Rao');
    const display = door.shownIn('awaiting-code');
    expect(display?.sentence).toBe('Welcome, Asha Rao. Show the QR code you have');
    expect(display?.deadline).toBeGreaterThan(Date.now());
    expect(
      door.shown
        .filter((shown) => shown.phase === 'identifying')
        .every((shown) => shown.name === null),
    ).toBe(true);
  });

  it('opens for the code from the mail, through the broker alone', async () => {
    const code = codePictureOf(await campus.codeMail(asha.email));
    expect(await showCode(door, ashaAnotherDay, code)).toBe('granted');
    expect(door.shownIn('granted')?.sentence).toMatch(/^ACCESS GRANTED/);
    const { event } = await campus.bus.waitFor(
      ({ subject }) => subject === 'lk.v1.open.library-north',
    );
    const grant = doorOpen.data.parse(event.data);
    expect(grant.person).toBe(asha.id);
    expect(grant.expiresAt - grant.at).toBeLessThanOrEqual(2_000);
  });

  it('publishes the attempt in order under one correlation id, with one outcome', async () => {
    const [granted] = ofType(accessGranted.type);
    const { attempt } = accessGranted.data.parse(granted?.data);
    const told = campus.bus.heard.filter(
      ({ subject, event }) =>
        subject.startsWith('lk.v1.access.') && event.correlationid === attempt,
    );
    expect(told.map(({ event }) => event.type)).toEqual([
      accessStarted.type,
      accessIdentified.type,
      accessGranted.type,
    ]);
    expect(told.at(-1)?.event.id).toBe(`${attempt}:outcome`);
  });

  it('uses the code up, mails a new one, and tells the others who came in', async () => {
    for (const definition of [codeUsed, codeIssued]) {
      await campus.bus.waitFor(
        ({ event }) =>
          event.type === definition.type && (event.data as { person: string }).person === asha.id,
      );
    }
    const [first, second] = [
      await campus.codeMail(asha.email, 1),
      await campus.codeMail(asha.email, 2),
    ];
    expect(await codeTextIn(codePictureOf(second))).not.toBe(
      await codeTextIn(codePictureOf(first)),
    );
    for (const { email } of [ben, chloe]) {
      await campus.mail.waitFor(
        (mail) => mail.to.includes(email) && /Asha Rao logged in/.test(mail.subject),
        60_000,
      );
    }
    expect(
      campus.mail
        .mails()
        .some((mail) => mail.to.includes(asha.email) && /logged in/.test(mail.subject)),
    ).toBe(false);
  });

  it('does not open again for the used code', async () => {
    await leave(door);
    await look(door, asha.face);
    const used = codePictureOf(await campus.codeMail(asha.email, 1));
    expect(await showUsedCode(door, asha.face, used)).toBe('refused, then abandoned');
    expect(ofType(accessGranted.type).length).toBeLessThanOrEqual(2); // the grant and its republication
  });

  it('leaves no code as text in what the broker and the registry store', async () => {
    const texts = await Promise.all(
      [1, 2].map(async (nth) => codeTextIn(codePictureOf(await campus.codeMail(asha.email, nth)))),
    );
    const files = await filesIn(campus.dataDir, (file) => !file.startsWith(`mail${sep}`));
    expect(files.length).toBeGreaterThan(5);
    const leaking = files.filter(({ bytes }) =>
      texts.some((text) => bytes.includes(text.slice(4))),
    );
    expect(leaking.map(({ file }) => file)).toEqual([]);
  });
});

// Real: broker with its permissions, all services as processes, models, registry's store, SMTP server, WebSocket kiosk.
import { accessGranted, alarmDuress, codeIssued, codeUsed } from '@latchkey/contracts';
import {
  asha,
  ben,
  Campus,
  chloe,
  codePictureOf,
  type KioskClient,
  leave,
  look,
  showCode,
  showUsedCode,
} from '@latchkey/demo';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

describe('whoever forces somebody to open a door', { timeout: 180_000 }, () => {
  let campus: Campus;
  let door: KioskClient;
  let duress: Buffer;
  const outcomes: string[] = [];

  beforeAll(async () => {
    campus = await Campus.start();
    door = await campus.door('library-north');
    await campus.register({ ...chloe, guard: true });
    for (const person of [ben, asha]) await campus.register(person);
    await campus.codeMail(asha.email);
    await campus.gateway.call('POST', `/people/${asha.id}/duress-code`);
    duress = codePictureOf(await campus.codeMail(asha.email, 2));
    await look(door, asha.face);
    const first = codePictureOf(await campus.codeMail(asha.email, 1));
    outcomes.push(await showCode(door, asha.face, first));
    await campus.codeMail(asha.email, 3);
    await campus.mail.waitFor(
      (mail) => mail.to.includes(ben.email) && isNews(mail.subject),
      60_000,
    );
    await leave(door);
    await look(door, asha.face);
    outcomes.push(await showCode(door, asha.face, duress));
    await campus.bus.waitFor(({ event }) => event.type === alarmDuress.type);
    await campus.codeMail(asha.email, 4);
  });
  afterAll(async () => {
    door?.close();
    await campus?.close();
  });

  const isNews = (subject: string) => /logged in/i.test(subject);
  const mailsTo = (email: string) => campus.mail.mails().filter((mail) => mail.to.includes(email));
  /** What was stored of a type, but for what differs between any two: ids, times, likeness, seals. */
  const shapesOf = (type: string) =>
    campus.bus.heard
      .filter(({ event, subject }) => event.type === type && !subject.startsWith('lk.v1.open.'))
      .filter(({ event }) => (event.data as { reason?: string }).reason !== 'registered')
      .filter(({ event }) => (event.data as { person?: string }).person === asha.id)
      .map(({ subject, event }) => [subject, event.source, Object.entries(event.data as object)])
      .map(([subject, source, data]) => [
        subject,
        source,
        (data as [string, unknown][]).map(([key, value]) => `${key}: ${typeof value}`),
      ]);

  it('reads on the door what any entry reads', () => {
    const [one, other] = door.shown
      .filter(({ phase }) => phase === 'granted')
      .map((shown) => ({ ...shown, attempt: null, at: 0 }));
    expect(outcomes).toEqual(['granted', 'granted']);
    expect(other).toEqual(one);
  });

  it.each([accessGranted, codeUsed, codeIssued])('hears nothing else in $type', ({ type }) => {
    const [one, other] = shapesOf(type);
    expect(other).toBeDefined();
    expect(other).toEqual(one);
  });

  it('reads in the person’s mail box what any entry brings', () => {
    const [, , one, other] = mailsTo(asha.email);
    const wordsOf = (text = '') => text.replaceAll(/\d/g, '0');
    expect(other?.subject).toBe(one?.subject);
    expect(wordsOf(other?.text)).toBe(wordsOf(one?.text));
  });

  it('learns nothing from the others’ mails; the guards are called, by name and door', async () => {
    const called = await campus.mail.waitFor(
      (mail) => mail.to.includes(chloe.email) && /silent alarm/i.test(mail.subject),
      60_000,
    );
    expect(called.text).toContain('Asha Rao');
    const news = () => mailsTo(ben.email).filter(({ subject }) => isNews(subject));
    await campus.mail.waitFor(() => news().length > 1, 60_000);
    const isTold = ({ subject, text }: { subject: string; text: string }) =>
      /duress|silent|forced/i.test(`${subject} ${text}`);
    expect(mailsTo(ben.email).filter(isTold)).toEqual([]);
    // Only the mail that brought her the code speaks of it.
    expect(mailsTo(asha.email).filter(isTold)).toHaveLength(1);
  });

  it('cannot use it again: it is used up like any code', async () => {
    await leave(door);
    await look(door, asha.face);
    expect(await showUsedCode(door, asha.face, duress)).toBe('refused, then abandoned');
  });
});

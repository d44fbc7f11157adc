// Real: broker, all services as processes, models, registry's store, SMTP server, WebSocket kiosk.
import { accessDenied } from '@latchkey/contracts';
import { asha, Campus, chloe, type KioskClient, leave, look, stranger } from '@latchkey/demo';
import { decodePicture } from '@latchkey/vision';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

describe('a stranger', { timeout: 180_000 }, () => {
  let campus: Campus;
  let door: KioskClient;

  beforeAll(async () => {
    campus = await Campus.start();
    door = await campus.door('library-north');
    for (const person of [asha, chloe]) await campus.register(person);
  });
  afterAll(async () => {
    door?.close();
    await campus?.close();
  });

  it('is denied and told so, without a name', async () => {
    expect(await look(door, stranger)).toBe('denied (unknown)');
    const display = door.shownIn('denied');
    expect(display?.name).toBeNull();
    expect(display?.sentence).toMatch(/not recognised/i);
  });

  it('is published with the key of a photograph that an operator can see', async () => {
    const { event } = await campus.bus.waitFor((heard) => heard.event.type === accessDenied.type);
    const denial = accessDenied.data.parse(event.data);
    expect(denial).toMatchObject({ reason: 'unknown', person: null, door: 'library-north' });
    expect(denial.evidence).not.toBeNull();
    const photograph = await campus.gateway.picture(`/evidence/${denial.evidence}`);
    expect(await decodePicture(photograph)).toMatchObject({ width: 640, height: 480 });
  });

  it('is reported to everyone by mail, with the photograph', async () => {
    for (const { email } of [asha, chloe]) {
      const mail = await campus.mail.waitFor(
        (m) => m.to.includes(email) && /action required/i.test(m.subject),
        60_000,
      );
      const photograph = mail.attachments.find((part) => part.contentType === 'image/jpeg');
      expect(photograph?.sizeBytes).toBeGreaterThan(1_000);
    }
  });

  it('who comes back within minutes does not fill the mail boxes', async () => {
    await leave(door);
    expect(await look(door, stranger)).toBe('denied (unknown)');
    await campus.bus.waitFor(
      () => campus.bus.heard.filter(({ event }) => event.type === accessDenied.type).length === 2,
    );
    // A registration's mail, caused later, has come: so the denial's would have come as well.
    await campus.gateway.call('POST', `/people/${asha.id}/code`);
    await campus.codeMail(asha.email, 2);
    const reports = campus.mail
      .mails()
      .filter((mail) => mail.to.includes(asha.email) && /action required/i.test(mail.subject));
    expect(reports).toHaveLength(1);
  });
});

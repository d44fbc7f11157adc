// Real: broker, all services as processes, models, registry's store, SMTP server, REST.
import { CONSENT_VERSION, personAbandoned } from '@latchkey/contracts';
import { asha, Campus, chloe, Refusal } from '@latchkey/demo';
import { enrolmentSamples } from '@latchkey/vision/samples';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

describe('a registration that is quit in the middle', { timeout: 180_000 }, () => {
  let campus: Campus;

  beforeAll(async () => {
    campus = await Campus.start();
    await campus.register(asha);
    const { id, name, email } = chloe;
    await campus.gateway.call('POST', '/people', {
      id,
      name,
      email,
      consent: { version: CONSENT_VERSION },
    });
    for (const sample of (await enrolmentSamples(chloe.face)).slice(0, 2)) {
      await campus.gateway.call('POST', `/people/${id}/samples`, sample);
    }
    await campus.gateway.call('DELETE', `/people/${id}/draft`, { reason: 'quit' });
  });
  afterAll(() => campus?.close(), 60_000);

  it('tells the person by mail what was wrong, and that nothing is stored', async () => {
    const mail = await campus.mail.waitFor(({ to }) => to.includes(chloe.email), 60_000);
    expect(mail.subject).toBe('Your registration did not succeed');
    expect(mail.text).toContain('given up');
    expect(mail.text).toContain('Nothing of you is stored');
  });

  it('tells the others that it failed', async () => {
    const told = ({ to, subject }: { to: readonly string[]; subject: string }) =>
      to.includes(asha.email) && subject === 'Chloé Martin: registration failed';
    expect((await campus.mail.waitFor(told, 60_000)).to).toEqual([asha.email]);
  });

  it('is told on the bus by id and reason alone', async () => {
    const { event } = await campus.bus.waitFor(
      (heard) => heard.event.type === personAbandoned.type,
    );
    expect(personAbandoned.data.parse(event.data)).toMatchObject({
      person: chloe.id,
      reason: 'quit',
    });
    expect(JSON.stringify(event)).not.toContain('Chlo');
  });

  it('leaves nobody behind, and the id and the address are free again', async () => {
    const read = campus.gateway.call('GET', `/people/${chloe.id}`);
    await expect(read).rejects.toThrow(Refusal);
    await expect(read).rejects.toThrow('LK-PER-006');
    await campus.register(chloe);
    await campus.codeMail(chloe.email);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { alarm, deny, enrol, grant, postApplicant } from './jobs.fixture.js';
import { PostOffice, populate } from './post-office.fixture.js';

// Real here: broker, SMTP server with TLS and login, gRPC, keys, notify. The registry is a map.
let office: PostOffice;

beforeAll(async () => {
  office = await PostOffice.open();
  await office.startNotify();
});

beforeEach(async () => {
  office.registry.people.clear();
  populate(office.registry);
  await office.setDoor('library', { name: 'Library' });
  await office.mail.clear();
});

afterAll(() => office[Symbol.asyncDispose]());

/** Who got what, once notify has no work left: `address: subject`, sorted. */
async function mails(): Promise<string[]> {
  await office.settled();
  return office.mail
    .mails()
    .map(({ to, subject }) => `${to.join(',')}: ${subject}`)
    .toSorted();
}

describe('when someone is registered', () => {
  it('those registered before hear of it, one mail each, and see nobody else’s address', async () => {
    office.registry.people.set('late', {
      name: 'Late',
      email: 'late@campus.example',
      enrolledAtMs: Number.MAX_SAFE_INTEGER,
    });
    await enrol(office, 'asha');
    expect(await mails()).toEqual([
      'ben@campus.example: Asha Rao was registered',
      'carol@campus.example: Asha Rao was registered',
    ]);
    for (const mail of office.mail.mails()) {
      const [own] = mail.to;
      const rest = JSON.stringify(mail).replaceAll(own ?? '', '');
      expect(rest).not.toMatch(/(asha|ben|carol|late)@campus/);
    }
  });
});

describe('when a registration fails', () => {
  it('the applicant hears what was wrong, and the others that it failed', async () => {
    await postApplicant(office, {
      name: 'Dora Lind',
      email: 'dora@else.example',
      detail: 'too dark',
    });
    expect(await mails()).toEqual([
      'asha@campus.example: Dora Lind: registration failed',
      'ben@campus.example: Dora Lind: registration failed',
      'carol@campus.example: Dora Lind: registration failed',
      'dora@else.example: Your registration did not succeed',
    ]);
    const own = office.mail.mails().find(({ to }) => to.includes('dora@else.example'));
    expect(own?.text).toContain('too dark');
    expect(own?.text).toContain('Nothing of you is stored');
  });

  it('neither name nor address is left in the jobs or the ledger', async () => {
    await postApplicant(office, { name: 'Dora Lind', email: 'dora@else.example', detail: '' });
    await office.settled();
    const traces = JSON.stringify([office.logged, await office.deliveries()]);
    expect(traces).not.toMatch(/Dora|dora@/);
  });
});

describe('when someone enters', () => {
  const others = ['ben@campus.example', 'carol@campus.example'];

  it.each([
    { audience: 'everyone', hear: others },
    { audience: 'guards', hear: ['carol@campus.example'] },
    { audience: 'nobody', hear: [] },
  ] as const)("$audience hears, as is the door's policy", async ({ audience, hear }) => {
    await office.setDoor('library', { name: 'Library, north door', audience });
    await grant(office, 'asha');
    expect(await mails()).toEqual(hear.map((address) => `${address}: Asha Rao logged in`));
  });

  it("a group hears, as is the door's policy", async () => {
    await office.setDoor('library', { name: 'Library', audience: 'group', group: 'lab' });
    await grant(office, 'ben');
    expect(await mails()).toEqual(['asha@campus.example: Ben Okafor logged in']);
  });

  it('the mail names the door, and carries the attempt', async () => {
    await office.setDoor('library', { name: 'Library <north>', audience: 'guards' });
    const attempt = await grant(office, 'asha');
    await office.settled();
    const [mail] = office.mail.mails();
    expect(mail?.text).toContain('Door: Library <north>');
    expect(mail?.html).toContain('Library &lt;north&gt;');
    expect(mail?.headers['x-latchkey-correlation']).toBe(attempt);
  });

  it('all of many hear, page by page', async () => {
    for (let index = 0; index < 25; index++) {
      office.registry.people.set(`p${index}`, { name: `P${index}`, email: `p${index}@x.example` });
    }
    await grant(office, 'asha');
    expect(await mails()).toHaveLength(27);
  });
});

describe('when someone is forgotten meanwhile', () => {
  it('nobody is told of them any more', async () => {
    await grant(office, 'gone');
    expect(await mails()).toEqual([]);
  });
});

describe('when an alarm is raised', () => {
  it('guards hear of a face that is not live, with the photograph', async () => {
    const jpeg = Buffer.from('a photograph');
    await alarm(office, 'not-live', 'asha', await office.keepEvidence(jpeg));
    expect(await mails()).toEqual([
      'carol@campus.example: Alarm at Library: a face that is not live',
    ]);
    const [mail] = office.mail.mails();
    expect(mail?.text).toContain('Taken for: Asha Rao');
    expect(Buffer.from(mail?.attachments[0]?.contentBase64 ?? '', 'base64')).toEqual(jpeg);
  });

  it.each(['mismatch', 'wrong-code'] as const)(
    'guards and the person hear of a %s',
    async (kind) => {
      await alarm(office, kind, 'asha');
      const [own, guards, ...rest] = await mails();
      expect(own).toBe('asha@campus.example: Someone showed a wrong code as you');
      expect(guards).toMatch(/^carol@campus\.example: Alarm at Library/);
      expect(rest).toEqual([]);
    },
  );

  it('a guard who is the person hears once', async () => {
    await alarm(office, 'wrong-code', 'carol');
    expect(await mails()).toEqual(['carol@campus.example: Someone showed a wrong code as you']);
  });

  it('guards hear even if the person was forgotten meanwhile', async () => {
    await alarm(office, 'mismatch', 'gone');
    expect(await mails()).toEqual([
      'carol@campus.example: Alarm at Library: face and code of two people',
    ]);
  });

  it('the denial beside it makes no mail of its own', async () => {
    await deny(office, { reason: 'mismatch' });
    expect(await mails()).toEqual([]);
  });
});

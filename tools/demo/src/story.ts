import { Campus, type Member } from './campus.js';
import { codePictureOf } from './code-picture.js';
import type { KioskClient } from './kiosk.client.js';
import { asha, ashaAnotherDay, ben, chloe, stranger } from './people.js';
import type { Protocol } from './protocol.js';
import { enter, leave, look, showCode, showUsedCode, showWrongCode } from './scenes.js';

/** Whether a mail like this came to each of them within the bound. */
async function mailed(campus: Campus, to: readonly Member[], subject: RegExp): Promise<string> {
  for (const { email } of to) {
    await campus.mail.waitFor(
      (mail) => mail.to.includes(email) && subject.test(mail.subject),
      60_000,
    );
  }
  return to.map(({ name }) => name).join(' and ');
}

async function enrolEveryone(campus: Campus, protocol: Protocol): Promise<void> {
  for (const person of [asha, ben, chloe]) {
    await protocol.step(
      `${person.name} registers with five samples`,
      'enrolled, code mailed',
      async () => {
        await campus.register(person);
        await campus.codeMail(person.email);
        return 'enrolled, code mailed';
      },
    );
  }
  await protocol.step('the others hear of Chloé', 'Asha Rao and Ben Okafor', () =>
    mailed(campus, [asha, ben], /Chloé Martin was registered/),
  );
}

async function entry(campus: Campus, protocol: Protocol, door: KioskClient): Promise<void> {
  await protocol.step(
    'Asha looks at the door, on another day',
    'asked for the code, as Asha Rao',
    () => look(door, ashaAnotherDay),
  );
  await protocol.step('Asha shows the code from the mail', 'granted', async () =>
    showCode(door, ashaAnotherDay, codePictureOf(await campus.codeMail(asha.email))),
  );
  await protocol.step('the lock hears it from the broker', 'open for asha', async () => {
    const { event } = await campus.bus.waitFor(
      ({ subject }) => subject === `lk.v1.open.${door.door}`,
    );
    return `open for ${(event.data as { person: string }).person}`;
  });
  await protocol.step('a new code is mailed to Asha', 'second code mailed', async () => {
    await campus.codeMail(asha.email, 2);
    return 'second code mailed';
  });
  await protocol.step('the others hear who came in', 'Ben Okafor and Chloé Martin', () =>
    mailed(campus, [ben, chloe], /Asha Rao logged in/),
  );
  await leave(door);
}

async function refusals(campus: Campus, protocol: Protocol, door: KioskClient): Promise<void> {
  await protocol.step('a stranger looks at the door', 'denied (unknown)', () =>
    look(door, stranger),
  );
  await protocol.step(
    'everyone gets the photograph',
    'Asha Rao and Ben Okafor and Chloé Martin',
    () => mailed(campus, [asha, ben, chloe], /Action required/),
  );
  await leave(door);
  await protocol.step('Asha shows the used code again', 'refused, then abandoned', async () => {
    const used = codePictureOf(await campus.codeMail(asha.email, 1));
    await look(door, asha.face);
    return showUsedCode(door, asha.face, used);
  });
  await leave(door);
  await protocol.step('Asha enters with the new code', 'granted', () =>
    enter(campus, door, asha, asha.face, 2),
  );
  await leave(door);
  await look(door, ben.face);
  for (const left of [4, 3, 2, 1]) {
    await protocol.step('Ben shows a wrong code', `refused, ${left} left`, () =>
      showWrongCode(door, ben.face),
    );
  }
  await protocol.step('Ben shows a fifth wrong code', 'denied (wrong-code)', () =>
    showWrongCode(door, ben.face),
  );
  await protocol.step('Ben is warned by mail', 'Ben Okafor', () =>
    mailed(campus, [ben], /wrong code as you/i),
  );
  await leave(door);
}

async function deletion(campus: Campus, protocol: Protocol, door: KioskClient): Promise<void> {
  await protocol.step('Chloé is deleted', 'receipt', async () => {
    const answer = await campus.gateway.call<{ receipt?: string }>('DELETE', `/people/${chloe.id}`);
    return answer.receipt ? 'receipt' : 'no receipt';
  });
  await protocol.step('the face that was Chloé’s is a stranger’s', 'denied (unknown)', () =>
    look(door, chloe.face),
  );
}

/** The whole story, told by real services. */
export async function tell(campus: Campus, protocol: Protocol): Promise<void> {
  const door = await campus.door('library-north');
  try {
    await enrolEveryone(campus, protocol);
    await entry(campus, protocol, door);
    await refusals(campus, protocol, door);
    await deletion(campus, protocol, door);
  } finally {
    door.close();
  }
}

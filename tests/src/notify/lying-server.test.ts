import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { postCode } from './jobs.fixture.js';
import { PostOffice, populate, until } from './post-office.fixture.js';

// Real here: broker, an SMTP server over TCP that breaks off, gRPC, keys, notify. The registry is a map.
let office: PostOffice;
beforeEach(async () => {
  office = await PostOffice.open();
  populate(office.registry);
});
afterEach(() => office[Symbol.asyncDispose]());

type Ending = 'takes it and drops the line' | 'drops the line in the middle' | 'takes it';

/** A mail server that ends each mail as it is told, the last way from then on. */
async function startServer(endings: Ending[]) {
  const taken: string[] = [];
  let mails = 0;
  const server = createServer((socket) => serve(socket));
  function serve(socket: Socket): void {
    let text = '';
    let inMail = false;
    const say = (words: string) => socket.write(`${words}\r\n`);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (inMail) {
        const ending = endings[Math.min(mails, endings.length - 1)];
        const whole = text.endsWith('\r\n.\r\n');
        if (ending === 'drops the line in the middle' || whole) {
          mails += 1;
          inMail = false;
          if (whole && ending !== 'drops the line in the middle') taken.push(text);
          text = '';
          if (ending === 'takes it') say('250 taken');
          else socket.destroy();
        }
      } else if (text.endsWith('\r\n')) {
        inMail = text.startsWith('DATA');
        say(inMail ? '354 go on' : '250 well');
        text = '';
      }
    });
    say('220 liar.example ESMTP');
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const env = { SMTP_URL: `smtp://127.0.0.1:${port}`, SMTP_USER: '', LK_SMTP_ALLOW_PLAINTEXT: '1' };
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { taken, env, close };
}

const idOf = (mail: string) => /^Message-ID: (?<id>\S+)/im.exec(mail)?.groups?.['id'];

it.each<{ endings: Ending[]; copies: number }>([
  { endings: ['takes it and drops the line', 'takes it'], copies: 2 },
  { endings: ['drops the line in the middle', 'takes it'], copies: 1 },
])(
  'a mail server that $endings.0: the mail comes, and a repeat is under the same Message-ID',
  async ({ endings, copies }) => {
    const server = await startServer(endings);
    const service = await office.startNotify(server.env);
    const job = await postCode(office);
    await until('it is sent', async () => (await office.deliveries()).length > 0);
    await office.settled();
    expect(await office.deliveries()).toMatchObject([{ job, state: 'sent', tries: 2 }]);
    expect(server.taken).toHaveLength(copies);
    expect(new Set(server.taken.map(idOf)).size).toBe(1);
    expect(idOf(server.taken[0] ?? '')).toMatch(/^<\S+@campus\.example>$/);
    expect(await office.deadLetters()).toEqual([]);
    await service.close();
    await server.close();
  },
);

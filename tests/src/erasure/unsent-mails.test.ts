// Real: broker, registry with its file store, gRPC, keys, SMTP server (which refuses), notify. Faces are vectors.
import { REGISTRY, type Registry, registry } from '@latchkey/registry';
import { createLogger } from '@latchkey/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PostOffice, until } from '../notify/post-office.fixture.js';
import { Neighbour } from '../registry/neighbour.js';
import { lettersOf } from '../runtime/handler-process.fixture.js';
import { tracesOf } from './traces.fixture.js';

const dora = { name: 'Dora Lindqvist', email: 'dora.lindqvist@else.example' };
const needles = { 'the name': dora.name, 'the address': dora.email };
const WEEK_S = 7 * 24 * 60 * 60;

let opened: AsyncDisposableStack;
let office: PostOffice;
let neighbour: Neighbour;
let startNotify: () => Promise<unknown>;
beforeEach(async () => {
  opened = new AsyncDisposableStack();
  office = opened.use(await PostOffice.open());
  const facts = {
    NATS_URL: office.broker.url,
    LK_KEYS_DIR: office.keysDir,
    LK_DATA_DIR: office.dataDir,
    LK_REGISTRY_URL: '127.0.0.1:0',
  };
  const logger = createLogger({ service: 'test', instance: 'test', level: 'silent' });
  const people = opened.use(await registry.create(registry.readConfig(facts), { logger }));
  const address = `127.0.0.1:${people.get<Registry>(REGISTRY).grpc.port}`;
  neighbour = new Neighbour(address, office.keysDir);
  opened.defer(() => neighbour.close());
  await neighbour.enrol('asha', 1);
  startNotify = () => office.startNotify({ LK_REGISTRY_URL: address });
});
afterEach(() => opened.disposeAsync());

describe('mails of a registration that failed, which could not be sent', () => {
  it('are dead letters that seal name and address, for a week and no longer', async () => {
    await failedRegistration();
    const traces = await traced();
    expect(traces).toContain(
      `the name in the stream DEAD (lk.v1.dead.NOTICES.notify-mail), sealed`,
    );
    expect(traces.every((trace) => trace.endsWith('sealed'))).toBe(true);
    const letters = await lettersOf(office.bus, 'NOTICES', 'notify-mail');
    expect(letters.map(({ header }) => header('Nats-TTL'))).toEqual(Array(2).fill(`${WEEK_S}s`));
  });

  it('go with the person who registered after all and is deleted', async () => {
    await failedRegistration();
    await neighbour.enrol('dora', 2, dora);
    await office.settled();
    await forget();
    expect(await traced()).toEqual([]);
    expect(await lettersOf(office.bus, 'NOTICES', 'notify-mail')).toEqual([]);
  });

  it('go though they still wait for a mail server, and the broker was away', async () => {
    await neighbour.createDraft('dora', dora);
    await neighbour.call('abandonDraft', { person: 'dora', reason: 'quit', detail: '', by: 'op' });
    await until('the job waits', async () => (await traced()).length > 0);
    await neighbour.enrol('dora', 2, dora);
    await office.broker.kill('SIGKILL');
    const forgotten = forget();
    await office.broker.restart();
    await forgotten;
    await until('nothing is left', async () => (await traced()).length === 0);
    await startNotify();
    await office.settled();
    expect(office.mail.mails().flatMap(({ to }) => to)).not.toContain(dora.email);
  });
});

it('a dead letter about others stays', async () => {
  await failedRegistration();
  await neighbour.enrol('ben', 2);
  await neighbour.call('deletePerson', { person: 'ben', by: 'op' });
  expect(await lettersOf(office.bus, 'NOTICES', 'notify-mail')).toHaveLength(2);
});

/** Dora's registration is quit, and neither she nor Asha can be told. */
async function failedRegistration(): Promise<void> {
  await startNotify();
  await office.mail.waitFor(({ to }) => to.includes('asha@campus.example'), 45_000);
  await office.settled();
  office.mail.failNext(2, 550);
  await neighbour.createDraft('dora', dora);
  await neighbour.call('abandonDraft', { person: 'dora', reason: 'quit', detail: '', by: 'op' });
  await until('two dead letters', async () => (await office.deadLetters()).length === 2);
}

function forget() {
  return neighbour.call('deletePerson', { person: 'dora', by: 'op' });
}

/** The mail server is another's: what was delivered is the recipients'. */
function traced(): Promise<string[]> {
  const { dataDir: folder, bus, keysDir } = office;
  return tracesOf(needles, { folder, except: ['mail'], bus, keysDir });
}

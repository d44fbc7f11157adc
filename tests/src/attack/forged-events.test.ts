// Real: broker with its permissions, all services as processes, models, registry's store, SMTP server, a kiosk, and the door's
// relay as its own process. Whoever attacks holds the key of one identity, or of two, and wants the lock to open.
import { randomBytes, randomUUID } from 'node:crypto';
import {
  accessExpired,
  accessGranted,
  accessIdentified,
  buckets,
  type CodesObserved,
  codesObserved,
  createEvent,
  doorOpen,
  type EventDefinition,
  type FacesObserved,
  facesObserved,
  lockTest,
  newCodeRequested,
  parseEnvelope,
} from '@latchkey/contracts';
import { asha, Campus, codePictureOf, enter, holdingUp, leave } from '@latchkey/demo';
import { emptyFrame } from '@latchkey/vision/samples';
import type { NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectAsAdmin } from '../as-admin.fixture.js';
import { Doorway } from '../entry/doorway.fixture.js';
import { Neighbour } from '../registry/neighbour.js';
import { addGuests, ATTACKER, connectAs, identities, RELAY } from './bus-identities.fixture.js';
import { Relay } from './relay.fixture.js';

const DOOR = 'library-north';
/** The registry looks at nothing that was shown longer ago, whoever asks. */
const SHOWN_GOOD_MS = 10_000;

type Showing = Extract<CodesObserved['codes'][number], { kind: 'latchkey' }>;
type Recorded = CodesObserved & { readonly showing: Showing };

describe('the lock of a running campus', { timeout: 240_000 }, () => {
  const opened = new AsyncDisposableStack();
  let campus: Campus;
  let door: Doorway;
  let relay: Relay;
  /** The member's code, as qr told of it when it was held up: sealed. */
  let recorded: Recorded;

  beforeAll(async () => {
    campus = await Campus.start();
    const { keysDir, broker } = campus.stack;
    await addGuests(keysDir);
    await vi.waitFor(async () => await (await connectAs(RELAY.name, broker.url, keysDir)).close(), {
      timeout: 20_000,
      interval: 200,
    });
    relay = opened.use(await Relay.start(broker.url, keysDir, DOOR));
    door = opened.use(await Doorway.open(campus, DOOR));
    await campus.register(asha);
    recorded = await record();
  });
  afterAll(async () => {
    await opened.disposeAsync();
    const refused = await campus.close().then(
      () => '',
      (cause: unknown) => String(cause),
    );
    // Everything that the broker refused was an attack: the services themselves keep to their parts.
    const others = refused.split('\n').filter((line) => !line.includes(ATTACKER));
    if (others.some((line) => / Violation /.test(line))) throw new Error(others.join('\n'));
  });

  /** Takes the sealed code down from the bus while it is held up with nobody's face: it is not used up by that. */
  async function record(): Promise<Recorded> {
    const code = codePictureOf(await campus.codeMail(asha.email));
    const bus = await connectAsAdmin(campus.stack.broker.url, campus.stack.keysDir);
    const heard = Promise.withResolvers<Recorded>();
    bus.nc.subscribe(`lk.v1.observation.qr.${DOOR}`, {
      callback: (_, { data }) => {
        const seen = codesObserved.data.parse(parseEnvelope(data).data);
        const [showing] = seen.codes;
        if (showing?.kind === 'latchkey') heard.resolve({ ...seen, showing });
      },
    });
    await bus.nc.flush();
    try {
      const frames = await holdingUp(code, [await emptyFrame()]);
      return await door.kiosk.standWhile(frames, () => heard.promise);
    } finally {
      await bus.close();
    }
  }

  const as = async (identity: string): Promise<NatsConnection> =>
    opened.adopt(
      await connectAs(identity, campus.stack.broker.url, campus.stack.keysDir),
      (connection) => connection.close(),
    );

  /** An event as its part would tell it. */
  function tell<Data>(
    attacker: NatsConnection,
    definition: EventDefinition<string, Data>,
    where: string,
    data: Data,
  ): void {
    const facts = { id: randomUUID(), source: 'nobody', timeMs: Date.now(), correlationId: 'x' };
    const payload = JSON.stringify(createEvent<Data>(definition, { ...facts, data }));
    attacker.publish(definition.template.replace('{door}', where), payload);
  }

  /** By the line that the code was taken down from. */
  function frameAt(where: string, capturedAt: number, frame: string = randomUUID()) {
    const { line } = recorded;
    return { door: where, camera: 'kiosk', line, frame, capturedAt, widthPx: 640, heightPx: 480 };
  }

  /** The member's face, live and large, as face would tell of it. */
  function faceAt(where: string, capturedAt = Date.now(), frame?: string): FacesObserved {
    const face = {
      box: { x: 200, y: 100, width: 180, height: 220 },
      detection: 0.99,
      quality: 0.95,
      usable: true,
      liveness: 0.99,
      candidates: [{ person: asha.id, score: 0.9 }],
      clear: true,
    };
    const picture = randomBytes(8).toString('base64url');
    const seen = frameAt(where, capturedAt, frame);
    return { ...seen, faces: [face], threshold: 0.4, picture, snapshot: null };
  }

  /** Everything that has to do with a door that opens. */
  function tellAll(attacker: NatsConnection, where: string): void {
    const at = Date.now();
    for (const ms of [300, 240, 180, 120, 60]) {
      tell(attacker, facesObserved, where, faceAt(where, at - ms));
    }
    const shown = { ...frameAt(where, at), codes: [recorded.showing] };
    tell(attacker, codesObserved, where, shown);
    const grant = { ...accessGranted.example, door: where, at, expiresAt: at + 60_000 };
    tell(attacker, accessGranted, where, grant);
    tell(attacker, doorOpen, where, grant);
    tell(attacker, lockTest, where, { ...lockTest.example, door: where, expiresAt: at + 60_000 });
    tell(attacker, newCodeRequested, where, { door: where });
    attacker.publish(`$KV.${buckets.doors.name}.${where}`, '{"v":1}');
  }

  it.each(identities().map(({ name }) => name))(
    '%s tells of a face, a code, a grant and an opening, and it stays shut',
    async (name) => {
      const [before, refusals] = [relay.clicks, relay.refusals];
      const told = door.told.length;
      const attacker = await as(name);
      tellAll(attacker, DOOR);
      await attacker.flush();
      // What that identity may tell is taken for what it is; it opens nothing.
      if (name === 'face') {
        const isTaken = () => door.told.slice(told).includes(accessIdentified.type.slice(6));
        await vi.waitUntil(isTaken, 30_000);
      }
      if (name === 'auth' || name === 'registry') {
        await vi.waitUntil(() => relay.refusals > refusals, 30_000);
      }
      expect(relay.clicks).toBe(before);
      expect(door.told.slice(told)).not.toContain('access.code-refused');
      await leave(door.kiosk);
    },
  );

  /** With the keys of face and qr both: the member's face is told of, and a sealed code as it was told of before. */
  async function replayAt(where: Doorway, replayed: (at: number, frame: string) => CodesObserved) {
    const [face, qr] = [await as('face'), await as('qr')];
    const { door: id } = where.kiosk;
    const nth = where.told.filter((type) => type === 'access.expired').length + 1;
    const over = where.tells(accessExpired, nth);
    const timer = setInterval(() => {
      const [at, frame] = [Date.now(), randomUUID()];
      tell(face, facesObserved, id, faceAt(id, at, frame));
      if (where.kiosk.shown.at(-1)?.phase === 'awaiting-code') {
        tell(qr, codesObserved, id, replayed(at, frame));
      }
    }, 200);
    try {
      return await over;
    } finally {
      clearInterval(timer);
    }
  }

  it('a sealed code that was taken down is replayed later, as it was and as if seen now, and it stays shut', async () => {
    await leave(door.kiosk);
    const told = door.told.length;
    await door.set({ codeWaitS: 10 });
    // As it was: nobody looks at what was captured then.
    expect(await replayAt(door, () => recorded)).toMatchObject({ during: 'awaiting-code' });
    await leave(door.kiosk);
    // As if it were seen now: the registry sees that it was sealed for another frame.
    const now = (at: number, frame: string) => ({ ...recorded, ...frameAt(DOOR, at, frame) });
    expect(await replayAt(door, now)).toMatchObject({ during: 'checking-code' });
    expect(relay.clicks).toBe(0);
    expect(door.told.slice(told)).not.toContain(accessGranted.type.slice(6));
  });

  it('a sealed code is replayed at another door, and that stays shut, too', async () => {
    await using south = await Doorway.open(campus, 'library-south', { codeWaitS: 10 });
    const there = (at: number, frame: string) => ({
      ...recorded,
      ...frameAt('library-south', at, frame),
    });
    expect(await replayAt(south, there)).toMatchObject({ during: 'checking-code' });
    expect(south.told).not.toContain(accessGranted.type.slice(6));
  });

  it('a sealed code is put to the registry itself by who took auth’s certificate, later, and is worth nothing', async () => {
    const { registryUrl, keysDir } = campus.stack;
    const auth = opened.adopt(new Neighbour(registryUrl, keysDir), (one) => one.close());
    await vi.waitUntil(() => Date.now() > recorded.capturedAt + SHOWN_GOOD_MS, 20_000);
    const { frame, capturedAt, showing } = recorded;
    const asked = {
      attempt: randomUUID(),
      door: DOOR,
      candidates: [asha.id],
      sealed: showing.sealed,
      frame,
      capturedAt,
      notAfter: Date.now() + 60_000,
      waitsSince: 0,
    };
    expect(await auth.call('useCode', asked)).toMatchObject({ outcome: 'too-late' });
    const elsewhere = auth.call('useCode', { ...asked, door: 'library-south' });
    await expect(elsewhere).rejects.toMatchObject({ code: 'LK-COD-002' });
  });

  it('the lock has opened for nobody, nothing was used up, and the member goes in', async () => {
    expect(relay.clicks).toBe(0);
    await leave(door.kiosk);
    expect(await enter(campus, door.kiosk, asha, asha.face, 1)).toBe('granted');
    await relay.says(/CLICK/);
    expect(relay.clicks).toBe(1);
  });

  it('a sealed code that has opened is replayed in another attempt, and opens no more', async () => {
    await leave(door.kiosk);
    const again = (at: number, frame: string) => ({ ...recorded, ...frameAt(DOOR, at, frame) });
    expect(await replayAt(door, again)).toMatchObject({ during: 'checking-code' });
    expect(relay.clicks).toBe(1);
  });
});

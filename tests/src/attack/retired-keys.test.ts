// Real: broker with its permissions, all services as processes, models, store, SMTP server, kiosks, certificates, a relay.
// Whoever attacks has copied every key before all were rotated and retired, and may write anywhere on the bus.
import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from '@grpc/grpc-js';
import {
  accessGranted,
  buckets,
  codeNotice,
  createEvent,
  doorPolicy,
  galleryEntry,
  objectStores,
  openingText,
  OPERATOR_TOKEN_FILE,
} from '@latchkey/contracts';
import { RegistryServiceService as Registry } from '@latchkey/contracts/grpc';
import {
  asha,
  ashaAnotherDay,
  Campus,
  enter,
  GatewayClient,
  KioskClient,
  leave,
  look,
  stranger,
} from '@latchkey/demo';
import {
  type Bus,
  callUnary,
  loadPublicKey,
  loadSeed,
  loadSigner,
  open,
  openObjects,
  openSignedBucket,
  seal,
  toFailure,
} from '@latchkey/runtime';
import { retireKey, rotatableNames, rotateKey } from '@latchkey/runtime/rotation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { connectAsAdmin } from '../as-admin.fixture.js';
import { Neighbour, templateOf } from '../registry/neighbour.js';
import { runLatchkey } from './command.fixture.js';
import { Relay } from './relay.fixture.js';
import { Thief } from './thief.fixture.js';

const DOOR = 'library-north';
/** The registry says when the predecessors of these may go. */
const ASKED_FOR = ['master', 'pepper', 'face'];
const digestOf = (text: string) => createHash('sha256').update(text).digest('base64url');

describe('who has copied every key', { timeout: 120_000 }, () => {
  const opened = new AsyncDisposableStack();
  let campus: Campus;
  let thief: Thief;
  let admin: Bus;
  let neighbour: Neighbour;
  let gateway: GatewayClient;
  let door: KioskClient;
  let entries = 0;

  beforeAll(async () => {
    campus = opened.use(await Campus.start());
    const { keysDir, broker } = campus.stack;
    await latchkey('keys', 'relay', DOOR);
    // An answer that is under way while the broker reads its configuration anew is refused: the rest waits for that.
    thief = opened.use(await Thief.steal({ url: broker.url, keysDir }));
    door = opened.adopt(await campus.door(DOOR), (kiosk) => kiosk.close());
    await campus.register(asha);
    for (const name of await rotatableNames(keysDir)) await rotateKey(keysDir, name);
  }, 300_000);
  afterAll(() => opened.disposeAsync());

  async function latchkey(...args: string[]): Promise<void> {
    const { keysDir, gatewayUrl } = campus.stack;
    const ran = await runLatchkey({ url: gatewayUrl, token: '' }, ...args, '--dir', keysDir);
    expect(ran).toMatchObject({ code: 0 });
  }

  async function entersOnce(): Promise<void> {
    entries += 1;
    expect(await enter(campus, door, asha, ashaAnotherDay, entries)).toBe('granted');
    await leave(door);
  }

  it('is known by each as long as its predecessor is not retired, since nothing may stop by a rotation', async () => {
    const known = await thief.identities();
    await expect.poll(() => thief.letIn(), { timeout: 20_000 }).toEqual(known);
    expect(thief.connected()).toEqual(known);
    await entersOnce();
  });

  describe('and goes on once all are retired,', () => {
    beforeAll(async () => {
      const { keysDir, broker, gatewayUrl, registryUrl } = campus.stack;
      const later = { needs: [], nowMs: Date.now() + 365 * 24 * 3_600_000 };
      for (const name of await rotatableNames(keysDir)) {
        if (ASKED_FOR.includes(name)) await latchkey('keys', 'retire', name, '--nats', broker.url);
        else await retireKey(keysDir, name, later);
      }
      admin = opened.adopt(await connectAsAdmin(broker.url, keysDir), (bus) => bus.close());
      neighbour = opened.adopt(new Neighbour(registryUrl, keysDir), (one) => one.close());
      const token = (await readFile(join(keysDir, OPERATOR_TOKEN_FILE), 'utf8')).trim();
      gateway = new GatewayClient(gatewayUrl, token);
    }, 120_000);

    it('is cut off from the broker by every identity, and let in by none', async () => {
      await expect.poll(() => thief.connected(), { timeout: 20_000 }).toEqual([]);
      expect(await thief.letIn()).toEqual([]);
      await entersOnce();
    });

    it('is not heard by the registry', async () => {
      const asked = Registry.listDoors.requestDeserialize(Buffer.alloc(0));
      const call = { deadlineMs: 20_000, correlationId: 'test' };
      const options = { 'grpc.ssl_target_name_override': 'registry' };
      const client = new Client(campus.stack.registryUrl, thief.callsAs('gateway'), options);
      const connection = { client: () => client, close: () => client.close() };
      const refusal = await callUnary(connection, Registry.listDoors, asked, call).catch(toFailure);
      connection.close();
      expect(refusal).toMatchObject({ code: expect.toBeOneOf(['LK-BUS-003', 'LK-KEY-005']) });
      expect((await neighbour.call('listDoors', { by: 'test' })).doors).toHaveLength(1);
    });

    it('has nobody open what is sealed for a retired key', async () => {
      await neighbour.createDraft('eve');
      const sample = async (keysDir: string) => {
        const key = await loadPublicKey(keysDir, 'registry');
        const sealedTemplate = seal(key, JSON.stringify(templateOf(9)));
        const asked = { person: 'eve', sealedTemplate, by: 'test', resembles: [] };
        return await neighbour.call('addSample', asked);
      };
      await expect(sample(thief.keysDir)).rejects.toMatchObject({ code: 'LK-KEY-003' });
      expect(await sample(campus.stack.keysDir)).toMatchObject({ samples: 1 });
      await gateway.call('DELETE', '/people/eve/draft');
    });

    it('opens nothing that is sealed since: no template, no code, no photograph', async () => {
      const jobs = admin.nc.subscribe(codeNotice.template, { max: 1 });
      await entersOnce();
      expect(await look(door, stranger)).toBe('denied (unknown)');
      await leave(door);
      const sealed: [string, string | Uint8Array][] = [];
      for await (const job of jobs) {
        sealed.push(['notify', z.object({ data: codeNotice.data }).parse(job.json()).data.sealed]);
      }
      const kept = { last_by_subj: `$KV.${buckets.gallery.name}.${asha.id}` };
      const entry = await admin.jsm.streams.getMessage(`KV_${buckets.gallery.name}`, kept);
      const [, json = ''] = entry?.string().split('\n') ?? [];
      sealed.push(['face', galleryEntry.parse(JSON.parse(json)).sealed]);
      const photographs = await openObjects(admin, objectStores.evidence);
      const [key = ''] = await photographs.keys();
      sealed.push(['evidence', (await photographs.get(key)) ?? '']);
      for (const [holder, box] of sealed) {
        const stolen = await loadSeed(thief.keysDir, holder);
        expect(() => open(stolen, box)).toThrow(expect.objectContaining({ code: 'LK-KEY-003' }));
        expect(open(await loadSeed(campus.stack.keysDir, holder), box).length).toBeGreaterThan(0);
      }
    });

    it('has no lock opened by a signature of a retired key', async () => {
      const { broker, keysDir } = campus.stack;
      using relay = await Relay.start(broker.url, keysDir, DOOR);
      const grantedBy = async (signerDir: string) => {
        const facts = { id: crypto.randomUUID(), door: DOOR, expiresAt: admin.nowMs() + 30_000 };
        const signature = (await loadSigner(signerDir, 'auth')).sign(openingText(facts));
        const data = { ...accessGranted.example, ...facts, signature };
        const { id } = facts;
        const event = { id, source: 'auth', timeMs: admin.nowMs(), correlationId: id, data };
        const grant = JSON.stringify(createEvent(accessGranted, event));
        await admin.js.publish(`lk.v1.access.${DOOR}.granted`, grant);
      };
      await grantedBy(thief.keysDir);
      await relay.says(/stays shut: it is not signed by who may open/);
      expect(relay.clicks).toBe(0);
      await grantedBy(keysDir);
      await relay.says(/CLICK/);
    });

    it('has nobody signed in by it', async () => {
      const { keysDir, gatewayUrl } = campus.stack;
      const facts = {
        username: 'ada',
        name: 'Ada',
        role: 'guard',
        password: 'correct horse battery',
      };
      await gateway.call('POST', '/operators', facts);
      const { stamp } = await neighbour.call('getOperator', { username: 'ada', by: 'test' });
      const statusBy = async (signerDir: string) => {
        const by = { keysDir: signerDir, signer: 'gateway', writes: true };
        const sessions = await openSignedBucket(admin, buckets.sessions, z.object({}).loose(), by);
        const cookie = randomBytes(32).toString('base64url');
        const [createdAt, seenAt] = [admin.nowMs(), admin.nowMs()];
        await sessions.put(digestOf(cookie), { username: 'ada', stamp, createdAt, seenAt });
        const headers = { 'x-latchkey': '1', cookie: `latchkey=${cookie}` };
        return (await fetch(`${gatewayUrl}/api/v1/me`, { headers })).status;
      };
      expect(await statusBy(thief.keysDir)).toBe(401);
      expect(await statusBy(keysDir)).toBe(200);
    });

    it('has no kiosk let in by it', async () => {
      const { keysDir, kioskUrl } = campus.stack;
      const giveToken = async (id: string, signerDir: string) => {
        await gateway.createDoor(id, { name: id });
        const by = { signer: 'registry', writes: true };
        const read = await openSignedBucket(admin, buckets.policy, doorPolicy, { ...by, keysDir });
        const write = { ...by, keysDir: signerDir };
        const written = await openSignedBucket(admin, buckets.policy, doorPolicy, write);
        const token = randomBytes(32).toString('base64url');
        await expect.poll(() => read.get(id), { timeout: 20_000 }).not.toBeNull();
        const known = doorPolicy.parse((await read.get(id))?.value);
        await written.put(id, { ...known, kioskTokenDigest: digestOf(token) });
        return async () => (await KioskClient.connect(kioskUrl, id, token)).close();
      };
      const comesByThief = await giveToken('robbed', thief.keysDir);
      const comes = await giveToken('control', keysDir);
      // What was written last has been heard of: so has what was written before.
      await expect.poll(() => comes().then(String, String), { timeout: 20_000 }).toBe('undefined');
      await expect(comesByThief()).rejects.toThrow(/LK-KSK-/);
    });
  });
});

// Real: broker (killed), all services as processes (killed and frozen), models, registry's store, SMTP server, kiosk.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  accessDenied,
  buckets,
  galleryEntry,
  galleryTemplate,
  objectStores,
  personDeleted,
} from '@latchkey/contracts';
import {
  ben,
  Campus,
  chloe,
  codePictureOf,
  codeTextIn,
  enter,
  type KioskClient,
  leave,
  look,
  showWrongCode,
  stranger,
} from '@latchkey/demo';
import {
  type Bus,
  loadSeed,
  type Objects,
  open,
  openSignedBucket,
  openObjects,
  readStoredEvents,
} from '@latchkey/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../registry/until.js';
import { codeNeedles, type Needles, templateNeedles, tracesOf } from './traces.fixture.js';
import { connectAsAdmin } from '../as-admin.fixture.js';

const READY_MS = 90_000;

describe('a person who is deleted', { timeout: 240_000 }, () => {
  let campus: Campus;
  let door: KioskClient;
  let bus: Bus;
  let evidence: Objects;
  let needles: Needles;
  let photographs: { ofBen: string; ofNobody: string };

  beforeAll(async () => {
    campus = await Campus.start();
    bus = await connectAsAdmin(campus.stack.broker.url, campus.stack.keysDir);
    evidence = await openObjects(bus, objectStores.evidence);
    door = await campus.door('library-north', { codeWaitS: 90 });
    for (const person of [chloe, ben]) await campus.register(person);
    await enter(campus, door, ben, ben.face, 1);
    await leave(door);
    await look(door, stranger);
    await leave(door);
    await look(door, ben.face);
    for (let n = 0; n < 5; n += 1) await showWrongCode(door, ben.face);
    await leave(door);
    const [ofNobody = '', ofBen = ''] = [await evidenceOf(null), await evidenceOf(ben.id)];
    photographs = { ofNobody, ofBen };
    needles = await secretsOfBen();
  }, 300_000);
  afterAll(async () => {
    door?.close();
    await bus?.close();
    await campus?.close();
  }, 60_000);

  it('was all over the place before', async () => {
    const traces = await traced();
    for (const what of ['the name', 'the address', 'the wrapped key', 'the photograph']) {
      expect(traces.find((trace) => trace.startsWith(what))).toBeDefined();
    }
    expect(traces.filter((trace) => /^the template|^code/.test(trace))).toEqual([]);
  });

  it('gets a receipt while the broker is away and a face worker is frozen', async () => {
    const { supervisor, broker } = campus.stack;
    const face = supervisor.children().find(({ name }) => name.startsWith('face'));
    if (face?.pid === undefined) throw new Error('no face worker runs');
    process.kill(face.pid, 'SIGSTOP');
    await broker.kill('SIGKILL');
    const path = `/people/${ben.id}`;
    const answer = await campus.gateway.call<{ receipt: string }>('DELETE', path);
    expect(answer.receipt).toMatch(/^R-/);
    // What it owes is neither told nor done yet, and the process that owes it goes.
    await supervisor.kill('registry');
    await broker.restart();
    await supervisor.kill(face.name);
    await supervisor.ready(READY_MS);
    await until('the news of it', async () => {
      const deleted: string[] = [];
      await readStoredEvents(bus, personDeleted, 1, ({ data }) => deleted.push(data.person));
      return deleted.find((person) => person === ben.id);
    });
  });

  it('leaves nothing but the id: no record, key, template, code or photograph, byte by byte', async () => {
    await until('an end of the photograph', async () =>
      (await evidence.get(photographs.ofBen)) ? undefined : true,
    );
    expect(await traced()).toEqual([]);
  });

  it('is a stranger to the face worker that came back', async () => {
    expect(await look(door, ben.face)).toBe('denied (unknown)');
    await leave(door);
  });

  it('does not come back by a restart of everything', async () => {
    const { supervisor, broker } = campus.stack;
    await broker.kill('SIGKILL');
    await Promise.all(supervisor.children().map(({ name }) => supervisor.kill(name)));
    await broker.restart();
    await supervisor.ready(READY_MS);
    await expect(campus.gateway.call('GET', `/people/${ben.id}`)).rejects.toMatchObject({
      code: 'LK-PER-006',
    });
    const gallery = await openSignedBucket(bus, buckets.gallery, galleryEntry, {
      keysDir: campus.stack.keysDir,
      signer: 'registry',
    });
    await until('a filled gallery', async () => (await gallery.get(chloe.id)) ?? undefined);
    expect(await gallery.get(ben.id)).toBeNull();
    expect(await traced()).toEqual([]);
  });

  it('takes no one else along: others, and photographs that name nobody, stay', async () => {
    expect(await evidence.get(photographs.ofNobody)).not.toBeNull();
    const others = await tracesOf({ name: chloe.name }, places());
    expect(others).toContain('name in registry.db');
  });

  /** The photograph of the first denial that names this person, or nobody. */
  async function evidenceOf(person: string | null): Promise<string | undefined> {
    const { event } = await campus.bus.waitFor(
      (heard) =>
        heard.event.type === accessDenied.type &&
        accessDenied.data.parse(heard.event.data).person === person,
    );
    return accessDenied.data.parse(event.data).evidence ?? undefined;
  }

  async function secretsOfBen(): Promise<Needles> {
    const gallery = await openSignedBucket(bus, buckets.gallery, galleryEntry, {
      keysDir: campus.stack.keysDir,
      signer: 'registry',
    });
    const entry = (await gallery.get(ben.id))?.value.sealed ?? '';
    const opened = open(await loadSeed(campus.stack.keysDir, 'face'), entry);
    const { vector } = galleryTemplate.parse(JSON.parse(new TextDecoder().decode(opened)));
    const photograph = (await evidence.get(photographs.ofBen)) ?? new Uint8Array();
    const codes = await Promise.all(
      [1, 2].map(async (nth) => codeTextIn(codePictureOf(await campus.codeMail(ben.email, nth)))),
    );
    const record = recordOfBen();
    return {
      'the name': ben.name,
      'the family name': 'Okafor',
      'the address': ben.email,
      'the wrapped key': record.key,
      'the encrypted template': record.template,
      "the code's digest": record.code.digest,
      'the gallery entry': entry,
      'the photograph': Buffer.from(photograph).subarray(1_000, 1_064),
      ...templateNeedles(Buffer.from(vector, 'base64url')),
      ...codeNeedles(codes[0] ?? '', 'code 1'),
      ...codeNeedles(codes[1] ?? '', 'code 2'),
    };
  }

  function recordOfBen() {
    const database = new DatabaseSync(join(campus.dataDir, 'registry.db'), { readOnly: true });
    const row = database.prepare('SELECT body FROM people WHERE id = ?').get(ben.id);
    database.close();
    return JSON.parse(String(row?.['body'])) as {
      key: string;
      template: string;
      code: { digest: string };
    };
  }

  /** The mail server is another's: what was delivered is the recipients'. */
  function places() {
    return { folder: campus.dataDir, except: ['mail'], bus, keysDir: campus.stack.keysDir };
  }

  function traced(): Promise<string[]> {
    return tracesOf(needles, places());
  }
});

import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { MOST_SIGHTINGS, sightingsCollection } from './domain/sighting.pure.js';
import { SightingDesk } from './sighting.desk.js';
import { openStore } from './store/open-store.js';

const keys = {
  seed: '',
  masterKey: new Uint8Array(32),
  pepper: new Uint8Array(32),
  notifyPublicKey: '',
  facePublicKey: '',
  signer: { sign: () => '', publicKey: () => '' },
  signerKeys: generateKeyPairSync('ed25519').publicKey,
};

it('keeps the newest sightings, however many strangers come', async () => {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-sightings-'));
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  const store = await openStore(`file:${join(folder, 'registry.db')}`, [sightingsCollection]);
  opened.defer(() => store.close());
  const sighting = { door: 'north', evidence: 'north.1', key: '', template: '' };
  const ids = Array.from({ length: MOST_SIGHTINGS + 5 }, (_, n) => `v${n}`);
  await Promise.all(
    ids.map((id, at) => store.insert(sightingsCollection, id, { ...sighting, id, at, group: id })),
  );
  const desk = new SightingDesk({ store, keys, nowMs: () => ids.length }, 7);
  await desk.tidy();
  const { visitors } = await desk.listSightings({ visitors: ['v0', 'v4', 'v5', ids.at(-1) ?? ''] });
  expect(visitors.map(({ visitor }) => visitor)).toEqual(['v5', ids.at(-1)]);
});

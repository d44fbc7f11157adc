import { buckets, GALLERY_MANIFEST_KEY, galleryEntry, galleryManifest } from '@latchkey/contracts';
import { openBucket } from '@latchkey/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Office, templateOf } from './registry.fixture.js';

// Real: the broker, the store (SQLite), the keys, gRPC. Simulated: the faces, as unit vectors.
describe('the registry, called as its neighbours call it', () => {
  let office: Office;
  beforeAll(async () => {
    office = await Office.open();
  });
  afterAll(async () => office[Symbol.asyncDispose]());

  it('registers a person, mails the first code, and fills the gallery', async () => {
    const person = await office.enrol('s1', 1, { guard: true, groups: ['staff'] });
    expect(person).toMatchObject({ person: 's1', state: 'enrolled', samples: 5, guard: true });
    expect(await office.newestCode('s1', 1)).toMatch(/^LK1\.[A-Za-z0-9_-]{22}$/);
    const gallery = await openBucket(
      office.bus,
      buckets.gallery,
      z.union([galleryManifest, galleryEntry]),
    );
    const manifest = await office.until('the manifest', async () => {
      const entry = await gallery.get(GALLERY_MANIFEST_KEY);
      const count = entry && 'count' in entry.value ? entry.value.count : 0;
      return count === 1 ? entry : undefined;
    });
    expect(manifest.value).toMatchObject({ count: 1 });
    expect((await gallery.get('s1'))?.value).toMatchObject({ person: 's1' });
  });

  it('opens with the code, replaces it by a new one, and refuses the used one', async () => {
    const first = await office.newestCode('s1', 1);
    expect(await office.showCode(first, ['s1'])).toMatchObject({
      outcome: 'granted',
      person: 's1',
    });
    expect(await office.showCode(first, ['s1'])).toMatchObject({ outcome: 'wrong', remaining: 4 });
    const second = await office.newestCode('s1', 2);
    expect(second).not.toBe(first);
    expect(await office.showCode(second, ['s1'])).toMatchObject({ outcome: 'granted' });
  });

  it('answers who hears of it, and how to address one', async () => {
    await office.enrol('s2', 2);
    const recipients = await office.call('listRecipients', {
      audience: 'everyone',
      group: '',
      except: 's1',
      enrolledBefore: 0,
      pageSize: 0,
      pageToken: '',
    });
    expect(recipients.people).toEqual(['s2']);
    const contact = await office.call('getContact', { person: 's1', by: 'notify' });
    expect(contact).toEqual({ person: 's1', name: 'Name of s1', email: 's1@campus.example' });
  });

  it('creates a door, prints its token once, and puts its policy in the bucket', async () => {
    const settingsJson = JSON.stringify({ name: 'Library, north' });
    const { door, kioskToken } = await office.call('createDoor', {
      door: 'library-north',
      settingsJson,
      by: 'test',
    });
    expect(kioskToken).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(door).toMatchObject({ door: 'library-north', version: 1, hasKiosk: true });
  });

  it('refuses a face that is enrolled under another id', async () => {
    await office.createDraft('s3');
    await expect(
      office.addSample('s3', templateOf(1, 9), [{ person: 's1', score: 0.9 }]),
    ).rejects.toMatchObject({ code: 'LK-PER-011' });
  });
});

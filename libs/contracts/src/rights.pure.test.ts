import { expect, it } from 'vitest';
import { consumers } from './consumers.js';
import { events } from './catalogue.js';
import { filterOf } from './define.js';
import { type PartName, parts } from './parts.js';
import { integratorRights, relayRights, rightsOf } from './rights.pure.js';
import { stores } from './stores.pure.js';
import { keptBy, mayPublish, maySubscribe, subjectIn } from './subject-match.pure.js';

const names = Object.keys(parts) as PartName[];
const who = (may: (name: PartName) => boolean): PartName[] => names.filter(may);
const publishers = (subject: string) => who((name) => mayPublish(rightsOf(parts[name]), subject));
const listeners = (subject: string) => who((name) => maySubscribe(rightsOf(parts[name]), subject));

it('nobody publishes where locks listen', () => {
  expect(publishers('lk.v1.open.library-north')).toEqual([]);
});

const subjects = events
  .filter(({ carries }) => carries === undefined)
  .map((event) => filterOf(event).replaceAll('*', 'library-north'));
const decisions = subjects.filter((subject) => /^lk\.v1\.(access|alarm)\./.test(subject));

it.each(subjects)('%s is published by one service', (subject) => {
  expect(publishers(subject)).toHaveLength(1);
});

it.each(decisions)('%s is published by auth', (subject) => {
  expect(publishers(subject)).toEqual(['auth']);
});

it('frames are sent by capture alone, and come to face and qr alone', () => {
  expect(publishers('lk.v1.frame.library-north.main')).toEqual(['capture']);
  expect(listeners('lk.v1.frame.library-north.main')).toEqual([]);
  const readers = publishers('$JS.API.CONSUMER.MSG.NEXT.FRAMES.face').concat(
    publishers('$JS.API.CONSUMER.MSG.NEXT.FRAMES.qr'),
  );
  expect(readers).toEqual(['face', 'qr']);
});

it('a durable consumer is read and acked by its service alone', () => {
  for (const { stream, durable, service } of Object.values(consumers)) {
    expect(publishers(`$JS.API.CONSUMER.MSG.NEXT.${stream}.${durable}`)).toEqual([service]);
    expect(publishers(`$JS.API.CONSUMER.DELETE.${stream}.${durable}`)).toEqual([]);
    expect(publishers(`$JS.API.CONSUMER.CREATE.${stream}.${durable}`)).toEqual(['auth']);
    expect(publishers(`$JS.API.CONSUMER.CREATE.${stream}.${durable}.lk.v1.access.x.y`)).toEqual([
      'auth',
    ]);
    const acks = publishers(`$JS.ACK.${stream}.${durable}.1.1.1.1.0`);
    expect([[], [service]]).toContainEqual(acks);
  }
});

it('streams are made by auth alone: whoever may change one may have it republished to a lock', () => {
  for (const stream of ['ACCESS', 'FRAMES', 'KV_doors', 'OBJ_evidence']) {
    expect(publishers(`$JS.API.STREAM.CREATE.${stream}`)).toEqual(['auth']);
    expect(publishers(`$JS.API.STREAM.UPDATE.${stream}`)).toEqual(['auth']);
    expect(publishers(`$JS.API.STREAM.DELETE.${stream}`)).toEqual([]);
  }
  expect(publishers('$JS.API.STREAM.CREATE.MINE')).toEqual([]);
  expect(publishers('$JS.API.STREAM.PURGE.ACCESS')).toEqual([]);
  expect(publishers('$JS.API.STREAM.SNAPSHOT.ACCESS')).toEqual([]);
  expect(publishers('$JS.API.STREAM.RESTORE.ACCESS')).toEqual([]);
});

it('an inbox is its owner’s alone', () => {
  for (const name of names) expect(listeners(`_INBOX_${name}.abc`)).toEqual([name]);
  expect(listeners('_INBOX.abc')).toEqual([]);
});

it.each(['capture', 'face', 'qr'] as const)(
  '%s may read no store that it may write: what it keeps would be sent to any address',
  (name) => {
    const rights = rightsOf(parts[name]);
    const readers = stores
      .filter((store) => keptBy(rights, store).length > 0)
      .flatMap((store) => [
        `$JS.API.CONSUMER.CREATE.${store.name}.x`,
        `$JS.API.STREAM.MSG.GET.${store.name}`,
        `$JS.API.DIRECT.GET.${store.name}`,
        ...keptBy(rights, store).map((kept) => `$JS.API.DIRECT.GET.${store.name}.${kept}`),
      ]);
    expect(readers.length).toBeGreaterThan(0);
    expect(readers.filter((call) => mayPublish(rights, call))).toEqual([]);
  },
);

it.each(['capture', 'face', 'qr'] as const)(
  '%s hears nothing that it may say: it could answer itself, at any address',
  (name) => {
    const rights = rightsOf(parts[name]);
    const said = rights.publish.allow.map((pattern) => subjectIn(pattern, 'x'));
    expect(said.filter((subject) => maySubscribe(rights, subject))).toEqual([]);
  },
);

it('a relay hears its own door and says nothing', () => {
  const rights = relayRights('library-north');
  expect(maySubscribe(rights, 'lk.v1.open.library-north')).toBe(true);
  for (const subject of [
    'lk.v1.open.library-south',
    'lk.v1.open.*',
    'lk.v1.access.library-north.granted',
    '>',
  ]) {
    expect(maySubscribe(rights, subject)).toBe(false);
  }
  for (const subject of [
    'lk.v1.open.library-north',
    'lk.v1.access.library-north.granted',
    '$JS.API.INFO',
  ]) {
    expect(mayPublish(rights, subject)).toBe(false);
  }
});

it('an integrator reads what it was given, by its own consumers, and nothing else', () => {
  const rights = integratorRights('acme', [
    { stream: 'ACCESS', door: 'library-north', kind: 'granted' },
  ]);
  const create = 'campus.CONSUMER.CREATE.ACCESS.acme-1';
  expect(mayPublish(rights, `${create}.lk.v1.access.library-north.granted`)).toBe(true);
  expect(mayPublish(rights, `${create}.lk.v1.access.library-south.granted`)).toBe(false);
  // Without a filter in the subject the body could name any.
  expect(mayPublish(rights, create)).toBe(false);
  expect(mayPublish(rights, 'campus.CONSUMER.DURABLE.CREATE.ACCESS.acme-1')).toBe(false);
  expect(mayPublish(rights, 'campus.CONSUMER.MSG.NEXT.ACCESS.acme-1')).toBe(true);
  expect(mayPublish(rights, 'campus.CONSUMER.MSG.NEXT.ACCESS.notify-access')).toBe(false);
  expect(mayPublish(rights, 'campus.STREAM.MSG.GET.ACCESS')).toBe(false);
  expect(mayPublish(rights, '$JS.API.DIRECT.GET.ACCESS')).toBe(false);
  expect(maySubscribe(rights, '_INBOX_acme.x')).toBe(true);
  expect(maySubscribe(rights, '_INBOX_gateway.x')).toBe(false);
  expect(maySubscribe(rights, 'lk.v1.>')).toBe(false);
});

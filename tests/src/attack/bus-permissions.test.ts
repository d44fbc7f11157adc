import {
  buckets,
  consumers,
  events,
  filterOf,
  maySubscribe,
  mayPublish,
  objectStores,
  requests,
  streams,
} from '@latchkey/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  GuardedBus,
  identities,
  refusedPublishes,
  refusedSubscriptions,
} from './bus-identities.fixture.js';

// Real here: the broker, with the configuration that the contracts give. Each identity tries every subject.
let bus: GuardedBus;
beforeAll(async () => {
  bus = await GuardedBus.open();
});
afterAll(() => bus[Symbol.asyncDispose]());

const door = (subject: string): string => subject.replaceAll('*', 'library-north');
const allStreams = [
  ...Object.keys(streams),
  ...Object.values(buckets).map(({ name }) => `KV_${name}`),
  ...Object.values(objectStores).map(({ name }) => `OBJ_${name}`),
];
const perStream = (stream: string): string[] => [
  ...['INFO', 'CREATE', 'UPDATE', 'DELETE', 'PURGE', 'SNAPSHOT', 'RESTORE'].map(
    (call) => `$JS.API.STREAM.${call}.${stream}`,
  ),
  `$JS.API.STREAM.MSG.GET.${stream}`,
  `$JS.API.STREAM.MSG.DELETE.${stream}`,
  `$JS.API.DIRECT.GET.${stream}`,
  `$JS.API.DIRECT.GET.${stream}.lk.v1.x`,
  // With a name in its body, this one changes any consumer.
  `$JS.API.CONSUMER.CREATE.${stream}`,
  `$JS.API.CONSUMER.CREATE.${stream}.mine`,
  `$JS.API.CONSUMER.CREATE.${stream}.mine.lk.v1.>`,
  `$JS.API.CONSUMER.DURABLE.CREATE.${stream}.mine`,
  `$JS.API.CONSUMER.LIST.${stream}`,
  `$JS.API.CONSUMER.MSG.NEXT.${stream}.mine`,
  `$JS.API.CONSUMER.DELETE.${stream}.mine`,
];
const perDurable = ({ stream, durable }: { stream: string; durable: string }): string[] => [
  `$JS.API.CONSUMER.INFO.${stream}.${durable}`,
  `$JS.API.CONSUMER.CREATE.${stream}.${durable}`,
  `$JS.API.CONSUMER.CREATE.${stream}.${durable}.lk.v1.access.>`,
  `$JS.API.CONSUMER.MSG.NEXT.${stream}.${durable}`,
  `$JS.API.CONSUMER.DELETE.${stream}.${durable}`,
  `$JS.API.CONSUMER.PAUSE.${stream}.${durable}`,
  `$JS.ACK.${stream}.${durable}.1.1.1.1.0`,
];
const others = [
  'lk.v1.open.library-north',
  'lk.v1.anything.else',
  '$JS.API.CONSUMER.CREATE.ACCESS.acme-1.lk.v1.access.library-north.granted',
  '$JS.API.CONSUMER.CREATE.ACCESS.acme-1.lk.v1.access.library-south.granted',
  '$JS.API.CONSUMER.MSG.NEXT.ACCESS.acme-1',
  'campus.CONSUMER.CREATE.ACCESS.acme-1.lk.v1.access.library-north.granted',
  'campus.CONSUMER.CREATE.ACCESS.acme-1.lk.v1.access.library-south.granted',
  'campus.CONSUMER.MSG.NEXT.ACCESS.acme-1',
  'campus.STREAM.INFO.ACCESS',
  '$JS.API.INFO',
  '$SYS.REQ.USER.INFO',
  '$SYS.REQ.SERVER.PING',
  '$SYS.REQ.ACCOUNT.LATCHKEY.CONNZ',
  ...identities().map(({ name }) => `_INBOX_${name}.x`),
];

const published = [
  ...new Set([
    ...events.map(filterOf).map(door),
    'lk.v1.frame.library-north.main',
    ...requests.map(filterOf).map(door),
    ...Object.values(consumers).map(({ stream, durable }) => `lk.v1.dead.${stream}.${durable}`),
    ...allStreams.flatMap(perStream),
    ...Object.values(consumers).flatMap(perDurable),
    ...Object.values(buckets).map(({ name }) => `$KV.${name}.x`),
    ...Object.values(objectStores).flatMap(({ name }) => [`$O.${name}.C.x`, `$O.${name}.M.x`]),
    ...others,
  ]),
];
const subscribed = [
  ...new Set([
    '>',
    'lk.v1.>',
    '_INBOX.>',
    '$JS.>',
    '$KV.>',
    '$O.>',
    ...identities().map(({ name }) => `_INBOX_${name}.>`),
    ...events.map(filterOf),
    ...events.map(filterOf).map(door),
    'lk.v1.frame.*.*',
    'lk.v1.frame.library-north.main',
    ...requests.map(filterOf),
    'lk.v1.open.library-south',
    ...Object.values(buckets).map(({ name }) => `$KV.${name}.>`),
  ]),
];

describe.each(identities())('$name', ({ name, rights }) => {
  it(`may publish what the contracts say, of ${published.length} subjects`, async () => {
    const expected = published.filter((subject) => !mayPublish(rights, subject));
    // With its rights a service may undo what others need here; that is tried where nothing is left to lose.
    const refused = await refusedPublishes(await bus.as(name), published);
    expect([...refused].toSorted()).toEqual(expected.toSorted());
  });

  it(`may listen where the contracts say, of ${subscribed.length} subjects`, async () => {
    const expected = subscribed.filter((subject) => !maySubscribe(rights, subject));
    const refused = await refusedSubscriptions(await bus.as(name), subscribed);
    expect([...refused].toSorted()).toEqual(expected.toSorted());
  });
});

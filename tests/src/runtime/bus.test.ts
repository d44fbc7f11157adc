import { randomUUID } from 'node:crypto';
import {
  accessGranted,
  buckets,
  consumers,
  doorOpen,
  faceExtract,
  frameHeaders,
  frameSubject,
  objectStores,
  streams,
  subjectOf,
} from '@latchkey/contracts';
import {
  type Bus,
  defineService,
  ensureTopology,
  Failure,
  type Frame,
  OnFrame,
  OnRequest,
  openBucket,
  openObjects,
  openObjectWriter,
  publishEvent,
  publishFrame,
  type Question,
  request,
  subscribeEvents,
} from '@latchkey/runtime';
import { headers } from '@nats-io/nats-core';
import { Controller } from '@nestjs/common';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import {
  configFor,
  openBroker,
  openBus,
  probeConfig,
  quiet,
  type TestBroker,
  until,
} from './probe.fixture.js';

// Real here: nats-server, Nest, the whole of runtime.

let broker: TestBroker;
let bus: Bus;
beforeAll(async () => {
  broker = await openBroker();
  bus = await openBus(broker.url);
});
afterAll(async () => {
  await bus.close();
  await broker[Symbol.asyncDispose]();
});

const door = 'library-north';
const outcome = { id: 'attempt:outcome', correlationId: 'c1', data: accessGranted.example };

test('every stream, bucket, store and consumer can be made, twice, by two at once', async () => {
  const everything = {
    streams: Object.values(streams),
    consumers: Object.values(consumers),
    buckets: Object.values(buckets),
    objectStores: Object.values(objectStores),
  };
  await Promise.all([ensureTopology(bus, everything), ensureTopology(bus, everything)]);
  await ensureTopology(bus, everything);
  const { config } = await bus.jsm.streams.info('ACCESS');
  expect(config.max_age / 1e6).toBe(streams.ACCESS.maxAgeMs);
  expect(config.republish?.src).toBe('lk.v1.access.*.granted');
});

test('an outcome is stored once, and only a stored grant opens the door', async () => {
  await ensureTopology(bus, { streams: [streams.ACCESS] });
  const opened: string[] = [];
  const subscription = subscribeEvents(bus, doorOpen, { door }, (event, context) => {
    opened.push(`${context.params.door} ${event.data.person}`);
  });
  await bus.nc.flush();
  const first = await publishEvent(bus, accessGranted, { door }, outcome);
  const second = await publishEvent(bus, accessGranted, { door }, outcome);
  expect(first.duplicate).toBe(false);
  expect(second).toEqual({ sequence: first.sequence, duplicate: true });
  await bus.nc.flush();
  // Had the second been republished, too, it would come before this later grant.
  await publishEvent(bus, accessGranted, { door }, { ...outcome, id: 'later:outcome' });
  await until('the door hears both grants', () => opened.length >= 2);
  expect(opened).toEqual(['library-north s1024', 'library-north s1024']);
  subscription.stop();
});

test('a parameter that would reach other subjects is refused', async () => {
  const published = publishEvent(bus, accessGranted, { door: 'a.granted.>' }, outcome);
  await expect(published).rejects.toThrow(RangeError);
});

test('an entry is written only by the one who has read the newest', async () => {
  const bucket = await openBucket(bus, buckets.doors, z.object({ state: z.string() }));
  const first = await bucket.create('north', { state: 'idle' });
  expect(await bucket.create('north', { state: 'stolen' })).toBe('conflict');
  const entry = await bucket.get('north');
  expect(entry).toEqual({ value: { state: 'idle' }, revision: first });
  const both = await Promise.all([
    bucket.update('north', { state: 'a' }, Number(first)),
    bucket.update('north', { state: 'b' }, Number(first)),
  ]);
  expect(both.filter((result) => result === 'conflict')).toHaveLength(1);
  expect(await bucket.keys()).toEqual(['north']);
  await bucket.delete('north');
  expect(await bucket.get('north')).toBeNull();
  expect(await bucket.create('north', { state: 'anew' })).toBeTypeOf('number');
});

test('an entry that is not as its schema says is refused without quoting it', async () => {
  await bus.js.publish('$KV.doors.odd', '{"state":"s3cret","extra":1');
  const bucket = await openBucket(bus, buckets.doors, z.object({ state: z.number() }));
  const refused = await bucket.get('odd').catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 'LK-BUS-004', kind: 'terminal' });
  expect(String(refused)).not.toContain('s3cret');
});

test('a picture is kept by copying it from one store to the other', async () => {
  const snapshots = await openObjects(bus, objectStores.snapshots);
  const evidence = await openObjects(bus, objectStores.evidence);
  // Of several chunks; who may only write looks for nothing beforehand, and whoever reads finds it all the same.
  const picture = new Uint8Array(300_000).fill(7);
  await (await openObjectWriter(bus, objectStores.snapshots)).put('north.1', picture);
  expect(await snapshots.copyTo(evidence, 'north.1', 'kept')).toBe(true);
  expect(await snapshots.copyTo(evidence, 'north.2')).toBe(false);
  expect(await evidence.get('kept')).toEqual(picture);
  await evidence.delete('kept');
  await evidence.delete('kept');
  expect(await evidence.get('kept')).toBeNull();
});

test('a question is answered by one instance; a failure comes back with its code', async () => {
  @Controller()
  class ExtractHandler {
    @OnRequest(faceExtract)
    async handle({ payload }: Question): Promise<z.infer<typeof faceExtract.reply>> {
      if (payload.length === 0) throw Failure.terminal('LK-IMG-001', 'no picture came');
      if (payload.length === 1) throw new Error('a secret path /etc/x');
      return faceExtract.example;
    }
  }
  const probe = defineService({ name: 'face', config: probeConfig, handlers: [ExtractHandler] });
  await using service = await probe.create(configFor(broker.url), { logger: quiet });
  await service.ready();
  expect(await request(bus, faceExtract, new Uint8Array(9))).toEqual(faceExtract.example);
  await expect(request(bus, faceExtract, new Uint8Array(0))).rejects.toMatchObject({
    code: 'LK-IMG-001',
    kind: 'terminal',
    message: 'no picture came',
  });
  const fault = await request(bus, faceExtract, new Uint8Array(1)).catch((error: unknown) => error);
  expect(fault).toMatchObject({ code: 'LK-INT-001' });
  expect(String(fault)).not.toContain('/etc/x');
  await service.close();
  await expect(
    request(bus, faceExtract, new Uint8Array(9), { timeoutMs: 300 }),
  ).rejects.toMatchObject({
    code: 'LK-BUS-003',
    kind: 'retryable',
  });
});

test('a frame comes with its facts and its capture time; only the newest of a camera is kept', async () => {
  const heard: Frame[] = [];
  @Controller()
  class FrameHandler {
    @OnFrame(consumers.faceFrames)
    handle(frame: Frame): void {
      heard.push(frame);
    }
  }
  const probe = defineService({
    name: 'face',
    config: probeConfig,
    consumers: [consumers.faceFrames],
    handlers: [FrameHandler],
  });
  await using service = await probe.create(configFor(broker.url), { logger: quiet });
  await service.ready();
  const facts = {
    id: randomUUID(),
    door,
    camera: 'main',
    widthPx: 640,
    heightPx: 480,
    heldMs: 120,
    mirrored: true,
  };
  await publishFrame(bus, facts, new Uint8Array([0xff, 0xd8]));
  await until('it is heard', () => heard.length === 1);
  expect(heard[0]?.facts).toEqual(facts);
  expect([...(heard[0]?.jpeg ?? [])]).toEqual([0xff, 0xd8]);
  const stored = await bus.jsm.streams.getMessage('FRAMES', {
    last_by_subj: subjectOf(frameSubject, { door, camera: 'main' }),
  });
  const storedAtMs = stored?.time.getTime() ?? 0;
  expect(heard[0]?.capturedAtMs).toBeLessThanOrEqual(storedAtMs - facts.heldMs);

  // Sent three seconds ago, but stored only now: a line that was broken meanwhile.
  const late = headers();
  for (const name of Object.values(frameHeaders)) late.set(name, stored?.header.get(name) ?? '');
  late.set(frameHeaders.sentAtMs, String(storedAtMs - 3_000));
  await bus.js.publish(subjectOf(frameSubject, { door, camera: 'main' }), 'late', {
    headers: late,
  });
  await until('it is heard, too', () => heard.length === 2);
  expect(heard[1]?.capturedAtMs).toBe(storedAtMs - 3_000 - facts.heldMs);
});

test('a service whose handlers and consumers do not match does not start, and says the fix', async () => {
  const probe = defineService({
    name: 'face',
    config: probeConfig,
    consumers: [consumers.faceFrames],
  });
  await expect(probe.create(configFor(broker.url), { logger: quiet })).rejects.toThrow(
    /nothing handles frames of consumer 'face'. Fix: add a controller with @OnFrame/,
  );
});

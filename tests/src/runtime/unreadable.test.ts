import {
  type ConsumerDefinition,
  consumers,
  createEvent,
  deadHeaders,
  type EventDefinition,
} from '@latchkey/contracts';
import { defineService, OnEvent, type Service } from '@latchkey/runtime';
import { Controller, type Type } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lettersOf } from './handler-process.fixture.js';
import {
  configFor,
  openBroker,
  probeConfig,
  quiet,
  settled,
  type TestBroker,
  until,
} from './probe.fixture.js';

// Real here: nats-server, Nest, the whole of runtime, each consumer as it is defined. Handlers only note what they get.

let broker: TestBroker;
beforeAll(async () => {
  broker = await openBroker();
});
afterAll(async () => {
  await broker[Symbol.asyncDispose]();
});

const durable = (Object.values(consumers) as readonly ConsumerDefinition[]).filter(
  ({ ack }) => ack === 'explicit',
);

function handlerOf(consumer: ConsumerDefinition, event: EventDefinition, heard: string[]): Type {
  @Controller()
  class Handler {
    @OnEvent(consumer, event)
    handle({ id }: { id: string }): void {
      heard.push(id);
    }
  }
  return Handler;
}

async function start(consumer: ConsumerDefinition, heard: string[]): Promise<Service> {
  const handlers = consumer.events.map((event) => handlerOf(consumer, event, heard));
  const facts = { name: consumer.service, config: probeConfig, consumers: [consumer], handlers };
  const service = await defineService(facts).create(configFor(broker.url), { logger: quiet });
  await service.ready();
  return service;
}

const subjectFor = (event: EventDefinition) => event.template.replaceAll(/\{[a-z]+\}/g, 'north');

/** What must be refused, with what the reason must say. */
function bad(event: EventDefinition): { payload: string; reason: RegExp }[] {
  const good = eventWith(event, 'good');
  return [
    { payload: '\u0000\u0001 not JSON', reason: /no JSON/ },
    { payload: '[]', reason: /not a CloudEvents 1\.0 event/ },
    {
      payload: JSON.stringify({ ...good, type: event.type.replace('.v1.', '.v2.') }),
      reason: /expected an event of type .*\.v1\..*, got .*\.v2\./,
    },
    { payload: JSON.stringify({ ...good, data: { hush: 's3cret' } }), reason: /expected/ },
  ];
}

const eventWith = (event: EventDefinition, id: string) =>
  createEvent(event, {
    id,
    source: 'test',
    timeMs: Date.now(),
    correlationId: id,
    data: event.example,
  });

describe.each(durable.map((consumer) => ({ durable: consumer.durable, consumer })))(
  'the consumer $durable',
  ({ consumer }) => {
    test('makes a dead letter with the reason of each that does not parse or is of another version, and goes on', async () => {
      const heard: string[] = [];
      await using service = await start(consumer, heard);
      const { bus } = service;
      const reasons: RegExp[] = [];
      for (const event of consumer.events) {
        for (const { payload, reason } of bad(event)) {
          reasons.push(reason);
          await bus.js.publish(subjectFor(event), payload);
        }
        const id = `after:${event.type}`;
        await bus.js.publish(subjectFor(event), JSON.stringify(eventWith(event, id)));
      }
      await until('what comes after is handled', () => heard.length === consumer.events.length);
      const dead = () => lettersOf(bus, consumer.stream, consumer.durable);
      await until('all are dead letters', async () => (await dead()).length === reasons.length);
      const letters = (await dead()).map(({ header }) => ({
        code: header(deadHeaders.code),
        reason: header(deadHeaders.reason),
        deliveries: header(deadHeaders.deliveries),
      }));
      for (const expected of reasons) {
        expect(letters.some(({ reason }) => expected.test(reason))).toBe(true);
      }
      expect(new Set(letters.map(({ code }) => code))).toEqual(new Set(['LK-BUS-004']));
      expect(new Set(letters.map(({ deliveries }) => deliveries))).toEqual(new Set(['1']));
      expect(JSON.stringify(letters)).not.toContain('s3cret');
      await settled(bus, consumer);
    });
  },
);

import { faceExtract } from '@latchkey/contracts';
import { type Bus, BUS, defineService, Failure, OnRequest, request } from '@latchkey/runtime';
import { Controller, Get, Inject } from '@nestjs/common';
import { expect, test } from 'vitest';
import { configFor, openBroker, probeConfig, quiet } from './probe.fixture.js';

// Real here: nats-server, Nest with Express, HTTP over TCP.

@Controller('doors')
class DoorsController {
  readonly #bus: Bus;
  constructor(@Inject(BUS) bus: Bus) {
    this.#bus = bus;
  }
  @Get()
  list(): { service: string } {
    return { service: this.#bus.service };
  }
  @OnRequest(faceExtract)
  refuse(): typeof faceExtract.example {
    throw Failure.terminal('LK-IMG-001', 'no picture came');
  }
}

test('one service answers over HTTP and on the bus, each in its own way', async () => {
  await using broker = await openBroker();
  const probe = defineService({
    name: 'probe',
    config: probeConfig,
    handlers: [DoorsController],
    http: {
      port: () => 0,
      host: () => '127.0.0.1',
      configure: (app) => void app.setGlobalPrefix('api'),
    },
  });
  await using service = await probe.create(configFor(broker.url), { logger: quiet });
  await service.ready();
  const response = await fetch(`${service.httpUrl}/api/doors`);
  expect(await response.json()).toEqual({ service: 'probe' });
  expect((await fetch(`${service.httpUrl}/api/none`)).status).toBe(404);
  await expect(request(service.bus, faceExtract, 'x')).rejects.toMatchObject({
    code: 'LK-IMG-001',
  });
});

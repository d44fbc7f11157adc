import { type ServiceHealth, serviceHealth } from '@latchkey/contracts';
import type { Msg } from '@nats-io/nats-core';
import type { Bus } from './bus.js';
import type { Health } from './health.js';
import type { RunningSubscription } from './subscribe.js';

/** Answers whoever asks on the bus how this instance is: what `/readyz` says over HTTP. Every instance answers. */
export function answerHealth(bus: Bus, health: Health, instance: string): RunningSubscription {
  const subscription = bus.nc.subscribe(serviceHealth.template, {
    callback: (error, message) => {
      if (error) bus.log.error({ err: error, request: serviceHealth.type }, 'cannot subscribe');
      else void answer(bus, health, instance, message);
    },
  });
  return {
    stop: () => {
      if (!subscription.isClosed()) subscription.unsubscribe();
    },
  };
}

async function answer(bus: Bus, health: Health, instance: string, message: Msg): Promise<void> {
  try {
    const { ready, checks } = await health.readiness();
    const faults = Object.entries(checks).flatMap(([check, why]) =>
      why === true ? [] : [{ check, why }],
    );
    const needs = health.needs();
    const warnings = [...health.warnings()];
    const said: ServiceHealth = {
      service: bus.service,
      instance,
      ready,
      faults,
      ...(needs.length > 0 ? { needs } : {}),
      ...(warnings.length > 0 ? { warnings } : {}),
    };
    message.respond(JSON.stringify(said));
  } catch (err) {
    bus.log.warn({ err }, 'cannot say how this instance is');
  }
}

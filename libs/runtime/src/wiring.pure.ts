import type { ConsumerDefinition } from '@latchkey/contracts';
import type { Binding } from './handlers.js';

/**
 * What is wrong between the consumers that a service declares and the handlers it has, each with its fix; none: empty.
 * A subject on the bus has one definition and one handler.
 */
export function wiringFaults(
  consumers: readonly ConsumerDefinition[],
  bindings: readonly Binding[],
): string[] {
  const wanted = consumers.flatMap(wantedOf);
  const had = bindings.map(nameOf);
  const missing = wanted
    .filter((name) => !had.includes(name))
    .map(
      (name) =>
        `nothing handles ${name}. Fix: add a controller with ${decoratorOf(name)} to \`handlers\`.`,
    );
  const doubled = had
    .filter((name, index) => had.indexOf(name) !== index)
    .map((name) => `${name} has two handlers. Fix: remove one.`);
  const surplus = bindings
    .filter((binding) => binding.kind === 'event' || binding.kind === 'frame')
    .filter((binding) => !wanted.includes(nameOf(binding)))
    .map(
      (binding) => `${nameOf(binding)} is handled but not declared. Fix: ${surplusFix(binding)}`,
    );
  return [...missing, ...doubled, ...surplus];
}

function wantedOf(consumer: ConsumerDefinition): string[] {
  if (consumer.events.length === 0) return [`frames of consumer '${consumer.durable}'`];
  return consumer.events.map((event) => `'${event.type}' of consumer '${consumer.durable}'`);
}

function nameOf(binding: Binding): string {
  switch (binding.kind) {
    case 'frame':
      return `frames of consumer '${binding.consumer.durable}'`;
    case 'event':
      return `'${binding.event.type}' of consumer '${binding.consumer.durable}'`;
    case 'request':
      return `the question '${binding.request.type}'`;
    case 'subject':
      return `the passing event '${binding.event.type}'`;
  }
}

function decoratorOf(name: string): string {
  return name.startsWith('frames') ? '@OnFrame' : '@OnEvent';
}

function surplusFix(binding: Extract<Binding, { kind: 'event' | 'frame' }>): string {
  return `add the consumer '${binding.consumer.durable}' to the service's \`consumers\`, with this event in its definition, or remove the handler.`;
}

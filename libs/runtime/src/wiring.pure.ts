import type { ConsumerDefinition } from '@latchkey/contracts';
import { type Binding, bindingName, eventName, frameName } from './binding.pure.js';

/**
 * What is wrong between the consumers that a service declares and the handlers it has, each with its fix; none: empty.
 * A subject on the bus has one definition and one handler.
 */
export function wiringFaults(
  consumers: readonly ConsumerDefinition[],
  bindings: readonly Binding[],
): string[] {
  const wanted = consumers.flatMap(wantedOf);
  const had = bindings.map(bindingName);
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
    .filter((binding) => !wanted.includes(bindingName(binding)))
    .map(
      (binding) =>
        `${bindingName(binding)} is handled but not declared. Fix: ${surplusFix(binding)}`,
    );
  return [...missing, ...doubled, ...surplus];
}

function wantedOf(consumer: ConsumerDefinition): string[] {
  if (consumer.events.length === 0) return [frameName(consumer)];
  return consumer.events.map((event) => eventName(consumer, event));
}

function decoratorOf(name: string): string {
  return name.startsWith('frames') ? '@OnFrame' : '@OnEvent';
}

function surplusFix(binding: Extract<Binding, { kind: 'event' | 'frame' }>): string {
  return `add the consumer '${binding.consumer.durable}' to the service's \`consumers\`, with this event in its definition, or remove the handler.`;
}

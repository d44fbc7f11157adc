import type { ConsumerDefinition, EventDefinition, RequestDefinition } from '@latchkey/contracts';

/** What a decorated method handles. */
export type Binding =
  | {
      readonly kind: 'event';
      readonly consumer: ConsumerDefinition;
      readonly event: EventDefinition;
    }
  | { readonly kind: 'frame'; readonly consumer: ConsumerDefinition }
  | { readonly kind: 'request'; readonly request: RequestDefinition }
  | {
      readonly kind: 'subject';
      readonly event: EventDefinition;
      readonly queue: boolean;
    };

/** The name of a binding, unique within a service: what a person reads in a fault of the wiring. */
export function bindingName(binding: Binding): string {
  if (binding.kind === 'frame') return frameName(binding.consumer);
  if (binding.kind === 'event') return eventName(binding.consumer, binding.event);
  if (binding.kind === 'request') return `the question '${binding.request.type}'`;
  return `the passing event '${binding.event.type}'`;
}

export function eventName(consumer: ConsumerDefinition, event: EventDefinition): string {
  return `'${event.type}' of consumer '${consumer.durable}'`;
}

export function frameName(consumer: ConsumerDefinition): string {
  return `frames of consumer '${consumer.durable}'`;
}

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** A service's metrics: its own registry, runtime's own figures, and a way to add more. Labels of low cardinality only. */
export interface Metrics {
  readonly registry: Registry;
  /** Messages settled: by consumer and outcome (`done`, `benign`, `retry`, `dead`, `stale`). */
  readonly handled: Counter<'consumer' | 'outcome'>;
  readonly handlingSeconds: Histogram<'consumer'>;
  /** From the broker's timestamp to the handler's end. */
  readonly ageSeconds: Histogram<'consumer'>;
  readonly deadLetters: Counter<'consumer'>;
  /** Business events, by name; see `report`. */
  readonly events: Counter<'event' | 'outcome'>;
  readonly clockOffsetSeconds: Gauge;
  readonly inFlight: Gauge<'consumer'>;
}

const SECONDS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30];

/** Creates a service's metrics, with the process's default ones. */
export function createMetrics(service: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers });
  const histogram = (name: string, help: string) =>
    new Histogram({ name, help, labelNames: ['consumer' as const], buckets: SECONDS, registers });
  return {
    registry,
    handled: counter('lk_messages_total', 'Messages settled.', ['consumer', 'outcome']),
    handlingSeconds: histogram('lk_handling_seconds', 'How long a message was handled.'),
    ageSeconds: histogram('lk_age_seconds', "A message's age when it was done with."),
    deadLetters: counter('lk_dead_letters_total', 'Messages that became dead letters.', [
      'consumer',
    ]),
    events: counter('lk_events_total', 'What happened, by name.', ['event', 'outcome']),
    clockOffsetSeconds: new Gauge({
      name: 'lk_clock_offset_seconds',
      help: "The broker's clock less this host's.",
      registers,
    }),
    inFlight: new Gauge({
      name: 'lk_in_flight',
      help: 'Messages being handled.',
      labelNames: ['consumer'],
      registers,
    }),
  };
}

import { type ServiceHealth, type ServiceName, serviceNames } from '@latchkey/contracts';
import type { Part } from './operations.schemas.js';

/** What every service said of itself, as parts of the status; one that nobody spoke for is away. */
export function serviceParts(answers: readonly ServiceHealth[]): Part[] {
  return serviceNames.map((name) => partOf(name, answers));
}

function partOf(name: ServiceName, answers: readonly ServiceHealth[]): Part {
  const instances = answers
    .filter(({ service }) => service === name)
    .map(({ instance, ready, faults, warnings }) => ({
      instance,
      ready,
      faults,
      ...(warnings ? { warnings } : {}),
    }))
    .toSorted((one, other) => one.instance.localeCompare(other.instance));
  if (instances.length === 0) {
    return { name, health: 'away', detail: 'nobody answers', instances };
  }
  const unready = instances.filter(({ ready }) => !ready);
  const readyCount = instances.length - unready.length;
  const reasons = unready.map(
    ({ instance, faults }) =>
      `${instance}: ${faults.map(({ check, why }) => `${check}: ${why}`).join(', ')}`,
  );
  const warned = instances.flatMap(({ instance, warnings = [] }) =>
    warnings.map((words) => `${instance}: ${words}`),
  );
  return {
    name,
    health: unready.length === 0 ? 'ok' : 'not-ready',
    detail: [`${readyCount} of ${instances.length} ready`, ...reasons, ...warned].join('; '),
    instances,
  };
}

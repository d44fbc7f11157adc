import * as access from './access.events.js';
import type { EventDefinition, RequestDefinition } from './define.js';
import { faceModels, facePicture } from './face.requests.js';
import * as notice from './notice.events.js';
import * as observation from './observation.events.js';
import { kioskPair } from './pairing.request.js';
import * as registry from './registry.events.js';
import * as request from './request.events.js';

function definitionsIn(module: Record<string, unknown>): EventDefinition[] {
  return Object.values(module).filter(
    (value): value is EventDefinition =>
      typeof value === 'object' && value !== null && 'template' in value && 'invalid' in value,
  );
}

/** Every event that is defined, in the order of its subject. */
export const events: readonly EventDefinition[] = [access, notice, observation, registry, request]
  .flatMap(definitionsIn)
  .toSorted((one, other) => one.template.localeCompare(other.template));

/** Every question that can be asked on the bus. */
export const requests: readonly RequestDefinition[] = [
  request.faceExtract,
  facePicture,
  faceModels,
  kioskPair,
  request.replayDeadLetter,
  request.serviceHealth,
];

/** The definition of an event type, or `undefined` where it is of no published version. */
export function eventOfType(type: string): EventDefinition | undefined {
  return events.find((definition) => definition.type === type);
}

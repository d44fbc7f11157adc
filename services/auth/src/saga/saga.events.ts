import {
  alarmDuress,
  accessAbandoned,
  accessCodeRefused,
  accessDenied,
  accessExpired,
  accessGranted,
  accessIdentified,
  accessStarted,
  alarmMismatch,
  alarmNotLive,
  alarmWrongCode,
  type EventDefinition,
} from '@latchkey/contracts';

type DoorEvent = EventDefinition<`${string}{door}${string}`>;

/** Every event that the saga tells. */
const sagaEvents = [
  accessStarted,
  accessIdentified,
  accessCodeRefused,
  accessGranted,
  accessDenied,
  accessExpired,
  accessAbandoned,
  alarmNotLive,
  alarmMismatch,
  alarmWrongCode,
  alarmDuress,
] as readonly EventDefinition[] as readonly DoorEvent[];

/** The definition of an owed event. @throws RangeError for a type that the saga doesn't tell */
export function definitionOf(type: string): DoorEvent {
  const found = sagaEvents.find((definition) => definition.type === type);
  if (!found) throw new RangeError(`the saga tells no event of type ${type}`);
  return found;
}

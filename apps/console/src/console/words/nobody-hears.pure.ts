import type { Answer } from '@latchkey/gateway/api';

type Door = Pick<Answer<'listDoors'>['doors'][number], 'id' | 'audience' | 'group'>;
type Reached = Answer<'getReach'>['doors'][number];

/** A door of whose strangers nobody is mailed, and why. */
export interface UnheardDoor {
  readonly id: string;
  readonly why: string;
}

const whys: Readonly<Record<Exclude<Door['audience'], 'nobody'>, string>> = {
  everyone: 'everyone who is registered would be mailed, and nobody is registered yet.',
  guards: 'guards would be mailed, and no guard is registered.',
  group: 'its group would be mailed, and nobody is in it.',
};

/** The doors of whose strangers nobody is mailed; not those where that was chosen. */
export function unheardDoors(
  doors: readonly Door[],
  reached: readonly Reached[],
): readonly UnheardDoor[] {
  const heard = new Map(reached.map(({ door, strangers }) => [door, strangers]));
  return doors.flatMap(({ id, audience, group }) => {
    if (audience === 'nobody' || heard.get(id) !== false) return [];
    const why =
      audience === 'group' && group
        ? `the group ${group} would be mailed, and nobody is in it.`
        : whys[audience];
    return [{ id, why }];
  });
}

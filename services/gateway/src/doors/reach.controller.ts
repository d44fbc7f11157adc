import type { Audience } from '@latchkey/contracts';
import { RegistryServiceService as Registry } from '@latchkey/contracts/grpc';
import { Controller, Inject } from '@nestjs/common';
import { CorrelationId } from '../http/correlation.js';
import { Handles } from '../http/handles.js';
import type { AnswerOf } from '../http/route.js';
import { RegistryClient } from '../registry.client.js';
import { toDoorAnswer } from './door-answer.pure.js';
import { getReach } from './doors.routes.js';

/** Says where nobody would be mailed: a stranger whom nobody hears of is not reported. */
@Controller()
export class ReachController {
  readonly #registry: RegistryClient;

  constructor(@Inject(RegistryClient) registry: RegistryClient) {
    this.#registry = registry;
  }

  @Handles(getReach)
  async get(@CorrelationId() correlationId: string): Promise<AnswerOf<typeof getReach>> {
    const reply = await this.#registry.call(Registry.listDoors, {}, { correlationId });
    const doors = reply.doors.map(toDoorAnswer);
    const asked = new Map<string, Promise<boolean>>();
    const hears = (who: Audience, group: string): Promise<boolean> => {
      const key = `${who} ${group}`;
      const answer = asked.get(key) ?? this.#hears(who, group, correlationId);
      asked.set(key, answer);
      return answer;
    };
    const [alarms, ...strangers] = await Promise.all([
      hears('guards', ''),
      ...doors.map(({ audience, group }) => hears(audience, group ?? '')),
    ]);
    return {
      alarms,
      doors: doors.map(({ id }, at) => ({ door: id, strangers: strangers[at] ?? false })),
    };
  }

  /** Whether there is anybody of an audience. */
  async #hears(who: Audience, group: string, correlationId: string): Promise<boolean> {
    if (who === 'nobody') return false;
    const query = { audience: who, group, except: '', enrolledBefore: 0, pageToken: '' };
    const asked = { ...query, pageSize: 1 };
    const { people } = await this.#registry.call(Registry.listRecipients, asked, { correlationId });
    return people.length > 0;
  }
}

import { NOTED_ONCE_IN_MS, type OperatorLook } from '@latchkey/contracts';
import { RegistryServiceService as Registry } from '@latchkey/contracts/grpc';
import { type Bus, keepNewest } from '@latchkey/runtime';
import type { RegistryClient } from '../registry.client.js';
import type { Doing } from './acts.js';

/** What an operator looks at. */
export interface Look {
  readonly action: OperatorLook;
  /** The key of a photograph, the id of a door. */
  readonly subject: string;
  readonly door: string;
}

/** Looks that are remembered as noted; beyond it the one noted longest ago is asked for again. */
const REMEMBERED = 10_000;

/** Has the registry note who looks at pictures of people. */
export class Looks {
  readonly #registry: Pick<RegistryClient, 'call'>;
  readonly #bus: Pick<Bus, 'nowMs'>;
  readonly #notedIn = new Map<string, number>();

  constructor(registry: Pick<RegistryClient, 'call'>, bus: Pick<Bus, 'nowMs'>) {
    this.#registry = registry;
    this.#bus = bus;
  }

  /**
   * Notes a look, once in ten minutes of one operator at one thing: a picture that is read every second is no entry each.
   * @throws Failure LK-BUS-003 or LK-STO-001 where the registry cannot note it: then it is not shown
   */
  async noted({ action, subject, door }: Look, { by, correlationId }: Doing): Promise<void> {
    const key = [action, by, subject].join(' ');
    const time = Math.floor(this.#bus.nowMs() / NOTED_ONCE_IN_MS);
    if (this.#notedIn.get(key) === time) return;
    const look = { by, action, subject, door };
    await this.#registry.call(Registry.noteLook, look, { correlationId });
    keepNewest(this.#notedIn, [key, time], REMEMBERED);
  }
}

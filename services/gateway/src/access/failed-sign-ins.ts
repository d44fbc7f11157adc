import { RegistryServiceService as Registry } from '@latchkey/contracts/grpc';
import type { Logger } from '@latchkey/runtime';
import type { RegistryClient } from '../registry.client.js';

/** Tells the registry of sign-ins that failed. */
export class FailedSignIns {
  readonly #registry: Pick<RegistryClient, 'call'>;
  readonly #log: Logger;

  constructor(registry: Pick<RegistryClient, 'call'>, log: Logger) {
    this.#registry = registry;
    this.#log = log;
  }

  /**
   * Has one noted where somebody has that name. Of every name the same is asked, and nobody who is answered waits for it: so
   * neither the answer nor its time tells which it is.
   */
  note(username: string, correlationId: string): void {
    const noted = this.#registry.call(Registry.noteFailedSignIn, { username }, { correlationId });
    // Without the name: people type their password there, too.
    noted.catch((err: unknown) => this.#log.debug({ err }, 'a failed sign-in was not noted'));
  }
}

import { RegistryServiceService as Registry } from '@latchkey/contracts/grpc';
import { BUS, type Bus, CONFIG } from '@latchkey/runtime';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { GatewayConfig } from '../config.js';
import { CorrelationId } from '../http/correlation.js';
import { Handles, Input } from '../http/handles.js';
import { Problem } from '../http/problem.js';
import type { AnswerOf, InputOf } from '../http/route.js';
import { RegistryClient } from '../registry.client.js';
import * as routes from './access.routes.js';
import { By } from './caller.js';
import { requireStrength } from './password-strength.js';
import { Passwords } from './passwords.js';
import { addressOf, goOnHere } from './session-cookie.js';
import { Sessions } from './sessions.js';
import { SignIn } from './sign-in.js';
import { newTotp, stepOf } from './totp.pure.js';

/** What operators change of their own: the password and the second factor. */
@Controller()
export class AccountController {
  readonly #bus: Bus;
  readonly #registry: RegistryClient;
  readonly #passwords: Passwords;
  readonly #signIn: SignIn;
  readonly #sessions: Sessions;
  readonly #config: GatewayConfig;

  constructor(
    @Inject(BUS) bus: Bus,
    @Inject(RegistryClient) registry: RegistryClient,
    @Inject(Passwords) passwords: Passwords,
    @Inject(SignIn) signIn: SignIn,
    @Inject(Sessions) sessions: Sessions,
    @Inject(CONFIG) config: GatewayConfig,
  ) {
    this.#bus = bus;
    this.#registry = registry;
    this.#passwords = passwords;
    this.#signIn = signIn;
    this.#sessions = sessions;
    this.#config = config;
  }

  @Handles(routes.changePassword)
  async changePassword(
    @Input(routes.changePassword) { body }: InputOf<typeof routes.changePassword>,
    @By() username: string,
    @CorrelationId() correlationId: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const whence = { correlationId, address: addressOf(request) };
    await this.#signIn.prove({ username, password: body.current }, 'current', whence);
    requireStrength(body.next, username, 'body.next');
    const passwordHash = await this.#passwords.hash(body.next);
    const change = { username, passwordHash, removeTotp: false, by: username };
    const changed = await this.#registry.call(Registry.setOperatorPassword, change, {
      correlationId,
    });
    await goOnHere({ request, response, config: this.#config }, this.#sessions, changed);
  }

  @Handles(routes.beginTotp)
  async beginTotp(
    @Input(routes.beginTotp) { body }: InputOf<typeof routes.beginTotp>,
    @By() username: string,
    @CorrelationId() correlationId: string,
    @Req() request: Request,
  ): Promise<AnswerOf<typeof routes.beginTotp>> {
    // Whoever has the cookie alone could else put a factor of their own before its owner.
    const whence = { correlationId, address: addressOf(request) };
    await this.#signIn.prove({ username, password: body.password }, 'password', whence);
    const { secret, uri } = newTotp(username);
    const begun = { username, secret, by: username };
    await this.#registry.call(Registry.beginTotp, begun, { correlationId });
    return { secret, uri };
  }

  @Handles(routes.confirmTotp)
  async confirmTotp(
    @Input(routes.confirmTotp) { body }: InputOf<typeof routes.confirmTotp>,
    @By() username: string,
    @CorrelationId() correlationId: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const asked = { username, by: username };
    const { pendingTotpSecret: secret } = await this.#registry.call(
      Registry.getOperatorSecrets,
      asked,
      { correlationId },
    );
    if (secret === '') throw new Problem('LK-OPR-006', 'No second factor was begun. Begin anew.');
    const step = stepOf(secret, body.code, this.#bus.nowMs());
    if (step === null) {
      const faults = [{ field: 'body.code', message: 'it is not the code of this moment' }];
      throw new Problem('LK-AUTH-014', undefined, { faults });
    }
    const confirmed = { username, secret, step, by: username };
    const changed = await this.#registry.call(Registry.confirmTotp, confirmed, { correlationId });
    await goOnHere({ request, response, config: this.#config }, this.#sessions, changed);
  }

  @Handles(routes.removeTotp)
  async removeTotp(
    @Input(routes.removeTotp) { body }: InputOf<typeof routes.removeTotp>,
    @By() username: string,
    @CorrelationId() correlationId: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const whence = { correlationId, address: addressOf(request) };
    await this.#signIn.prove({ username, password: body.password }, 'password', whence);
    const asked = { username, by: username };
    const changed = await this.#registry.call(Registry.removeTotp, asked, { correlationId });
    await goOnHere({ request, response, config: this.#config }, this.#sessions, changed);
  }
}

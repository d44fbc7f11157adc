import { RegistryServiceService as Registry } from '@latchkey/contracts/grpc';
import { CONFIG } from '@latchkey/runtime';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { GatewayConfig } from '../config.js';
import { CorrelationId } from '../http/correlation.js';
import { Handles, Input } from '../http/handles.js';
import { Problem } from '../http/problem.js';
import type { AnswerOf, InputOf } from '../http/route.js';
import { RegistryClient } from '../registry.client.js';
import * as routes from './access.routes.js';
import type { Me } from './access.schemas.js';
import { asCaller } from './caller.js';
import { FirstAdministrator } from './first-administrator.js';
import { requireStrength } from './password-strength.js';
import { Passwords } from './passwords.js';
import { giveCookie } from './session-cookie.js';
import { SignIn } from './sign-in.js';
import { meAnswer } from './site.js';

/** The way in while there is nobody: the one-time link. */
@Controller()
export class FirstAdministratorController {
  readonly #first: FirstAdministrator;
  readonly #registry: RegistryClient;
  readonly #passwords: Passwords;
  readonly #signIn: SignIn;
  readonly #config: GatewayConfig;

  constructor(
    @Inject(FirstAdministrator) first: FirstAdministrator,
    @Inject(RegistryClient) registry: RegistryClient,
    @Inject(Passwords) passwords: Passwords,
    @Inject(SignIn) signIn: SignIn,
    @Inject(CONFIG) config: GatewayConfig,
  ) {
    this.#first = first;
    this.#registry = registry;
    this.#passwords = passwords;
    this.#signIn = signIn;
    this.#config = config;
  }

  @Handles(routes.getFirstAdministrator)
  async get(
    @CorrelationId() correlationId: string,
  ): Promise<AnswerOf<typeof routes.getFirstAdministrator>> {
    return { needed: await this.#first.isNeeded(correlationId) };
  }

  @Handles(routes.createFirstAdministrator)
  async create(
    @Input(routes.createFirstAdministrator)
    { body }: InputOf<typeof routes.createFirstAdministrator>,
    @CorrelationId() correlationId: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Me> {
    const { token, password, username, name } = body;
    if (!(await this.#first.isGood(token))) throw new Problem('LK-AUTH-012');
    requireStrength(password, username, 'body.password');
    const passwordHash = await this.#passwords.hash(password);
    const facts = { username, name, role: 'administrator', passwordHash, first: true };
    // The registry lets one through, of however many come with a good link at once.
    const made = await this.#registry.call(
      Registry.createOperator,
      { ...facts, by: username },
      { correlationId },
    );
    await this.#first.withdraw();
    const { operator, cookie } = await this.#signIn.enter(made, 0, correlationId);
    giveCookie({ request, response, config: this.#config }, cookie);
    return meAnswer(asCaller(operator), this.#config);
  }
}

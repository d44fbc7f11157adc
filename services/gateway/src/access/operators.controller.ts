import { RegistryServiceService as Registry } from '@latchkey/contracts/grpc';
import { CONFIG, Failure } from '@latchkey/runtime';
import { Controller, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { GatewayConfig } from '../config.js';
import { CorrelationId } from '../http/correlation.js';
import { Handles, Input } from '../http/handles.js';
import { Problem } from '../http/problem.js';
import type { AnswerOf, InputOf } from '../http/route.js';
import { RegistryClient } from '../registry.client.js';
import * as routes from './access.routes.js';
import type { OperatorAnswer } from './access.schemas.js';
import { By } from './caller.js';
import { tagged, toOperatorAnswer } from './operator-answer.js';
import { requireStrength } from './password-strength.js';
import { Passwords } from './passwords.js';
import { requireInvitation } from './single-sign-on.invitation.js';

/** Operators, for administrators. */
@Controller()
export class OperatorsController {
  readonly #registry: RegistryClient;
  readonly #passwords: Passwords;
  readonly #config: GatewayConfig;

  constructor(
    @Inject(RegistryClient) registry: RegistryClient,
    @Inject(Passwords) passwords: Passwords,
    @Inject(CONFIG) config: GatewayConfig,
  ) {
    this.#registry = registry;
    this.#passwords = passwords;
    this.#config = config;
  }

  @Handles(routes.listOperators)
  async list(
    @CorrelationId() correlationId: string,
  ): Promise<AnswerOf<typeof routes.listOperators>> {
    const { operators } = await this.#registry.call(Registry.listOperators, {}, { correlationId });
    return { operators: operators.map(toOperatorAnswer) };
  }

  @Handles(routes.createOperator)
  async create(
    @Input(routes.createOperator) { body }: InputOf<typeof routes.createOperator>,
    @By() by: string,
    @CorrelationId() correlationId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OperatorAnswer> {
    const { password, singleSignOn, ...facts } = body;
    const invitedAs = singleSignOn
      ? requireInvitation(singleSignOn, 'body.singleSignOn', this.#config)
      : '';
    if (password !== undefined) requireStrength(password, facts.username, 'body.password');
    const passwordHash = password === undefined ? '' : await this.#passwords.hash(password);
    const created = { ...facts, passwordHash, invitedAs, first: false, by };
    const made = await this.#registry.call(Registry.createOperator, created, { correlationId });
    return tagged(made, response);
  }

  @Handles(routes.updateOperator)
  async update(
    @Input(routes.updateOperator)
    { params, headers, body }: InputOf<typeof routes.updateOperator>,
    @By() by: string,
    @CorrelationId() correlationId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OperatorAnswer> {
    const change = { ...params, ...body, version: headers['if-match'], by };
    try {
      const changed = await this.#registry.call(Registry.updateOperator, change, {
        correlationId,
      });
      return tagged(changed, response);
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'LK-STO-002') throw error;
      // To a condition that does not hold HTTP answers 412 (RFC 9110, If-Match).
      throw new Problem('LK-STO-002', error.message, { status: 412, cause: error });
    }
  }

  @Handles(routes.resetOperatorPassword)
  async resetPassword(
    @Input(routes.resetOperatorPassword)
    { params, body }: InputOf<typeof routes.resetOperatorPassword>,
    @By() by: string,
    @CorrelationId() correlationId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OperatorAnswer> {
    requireStrength(body.password, params.username, 'body.password');
    const passwordHash = await this.#passwords.hash(body.password);
    const change = { ...params, passwordHash, removeTotp: body.removeTotp, by };
    const changed = await this.#registry.call(Registry.setOperatorPassword, change, {
      correlationId,
    });
    return tagged(changed, response);
  }

  @Handles(routes.removeOperator)
  async remove(
    @Input(routes.removeOperator) { params }: InputOf<typeof routes.removeOperator>,
    @By() by: string,
    @CorrelationId() correlationId: string,
  ): Promise<void> {
    await this.#registry.call(Registry.removeOperator, { ...params, by }, { correlationId });
  }
}

import { RegistryServiceService as Registry } from '@latchkey/contracts/grpc';
import { CONFIG } from '@latchkey/runtime';
import { Controller, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { GatewayConfig } from '../config.js';
import { CorrelationId } from '../http/correlation.js';
import { Handles, Input } from '../http/handles.js';
import type { InputOf } from '../http/route.js';
import { RegistryClient } from '../registry.client.js';
import type { OperatorAnswer } from './access.schemas.js';
import { By } from './caller.js';
import { tagged } from './operator-answer.js';
import { requireInvitation } from './single-sign-on.invitation.js';
import * as routes from './single-sign-on.routes.js';

/** Who may sign in by single sign-on, for administrators. */
@Controller()
export class OperatorSingleSignOnController {
  readonly #registry: RegistryClient;
  readonly #config: GatewayConfig;

  constructor(
    @Inject(RegistryClient) registry: RegistryClient,
    @Inject(CONFIG) config: GatewayConfig,
  ) {
    this.#registry = registry;
    this.#config = config;
  }

  @Handles(routes.setOperatorSingleSignOn)
  async set(
    @Input(routes.setOperatorSingleSignOn)
    { params, body }: InputOf<typeof routes.setOperatorSingleSignOn>,
    @By() by: string,
    @CorrelationId() correlationId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OperatorAnswer> {
    const invitedAs = requireInvitation(body.as, 'body.as', this.#config);
    const change = { ...params, invitedAs, by };
    return tagged(
      await this.#registry.call(Registry.setSingleSignOn, change, { correlationId }),
      response,
    );
  }

  @Handles(routes.removeOperatorSingleSignOn)
  async remove(
    @Input(routes.removeOperatorSingleSignOn)
    { params }: InputOf<typeof routes.removeOperatorSingleSignOn>,
    @By() by: string,
    @CorrelationId() correlationId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OperatorAnswer> {
    const change = { ...params, invitedAs: '', by };
    return tagged(
      await this.#registry.call(Registry.setSingleSignOn, change, { correlationId }),
      response,
    );
  }
}

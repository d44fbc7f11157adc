import { type Passkey, RegistryServiceService as Registry } from '@latchkey/contracts/grpc';
import { CONFIG, REPORT, type Report } from '@latchkey/runtime';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { GatewayConfig } from '../config.js';
import { CorrelationId } from '../http/correlation.js';
import { Handles, Input } from '../http/handles.js';
import type { AnswerOf, InputOf } from '../http/route.js';
import { RegistryClient } from '../registry.client.js';
import type { Me, OperatorAnswer } from './access.schemas.js';
import { asCaller, By } from './caller.js';
import { tagged } from './operator-answer.js';
import { PasskeySite } from './passkey-site.js';
import { Passkeys } from './passkeys.js';
import * as routes from './passkeys.routes.js';
import type { PasskeyAnswer } from './passkeys.schemas.js';
import { addressOf, giveCookie, goOnHere } from './session-cookie.js';
import { Sessions } from './sessions.js';
import { SignIn } from './sign-in.js';
import { meAnswer } from './site.js';

/** In by a passkey, and the passkeys of one's own account. */
@Controller()
export class PasskeysController {
  readonly #passkeys: Passkeys;
  readonly #site: PasskeySite;
  readonly #registry: RegistryClient;
  readonly #signIn: SignIn;
  readonly #sessions: Sessions;
  readonly #config: GatewayConfig;
  readonly #report: Report;

  constructor(
    @Inject(Passkeys) passkeys: Passkeys,
    @Inject(PasskeySite) site: PasskeySite,
    @Inject(RegistryClient) registry: RegistryClient,
    @Inject(SignIn) signIn: SignIn,
    @Inject(Sessions) sessions: Sessions,
    @Inject(CONFIG) config: GatewayConfig,
    @Inject(REPORT) report: Report,
  ) {
    this.#passkeys = passkeys;
    this.#site = site;
    this.#registry = registry;
    this.#signIn = signIn;
    this.#sessions = sessions;
    this.#config = config;
    this.#report = report;
  }

  @Handles(routes.beginPasskeySignIn)
  async begin(
    @CorrelationId() correlationId: string,
    @Req() request: Request,
  ): Promise<AnswerOf<typeof routes.beginPasskeySignIn>> {
    const whence = { correlationId, address: addressOf(request) };
    return { options: await this.#passkeys.beginSignIn(whence) };
  }

  @Handles(routes.signInByPasskey)
  async enter(
    @Input(routes.signInByPasskey) { body }: InputOf<typeof routes.signInByPasskey>,
    @CorrelationId() correlationId: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Me> {
    const whence = { correlationId, address: addressOf(request) };
    const tell = (outcome: string) =>
      this.#report('operator.sign-in', { by: 'passkey' }, { correlationId, outcome });
    try {
      const { operator, cookie } = await this.#passkeys.signIn(body.response, whence);
      giveCookie({ request, response, config: this.#config }, cookie);
      tell('let-in');
      return meAnswer(asCaller(operator), this.#config);
    } catch (error) {
      tell('refused');
      throw error;
    }
  }

  @Handles(routes.listPasskeys)
  async list(
    @By() username: string,
    @CorrelationId() correlationId: string,
  ): Promise<AnswerOf<typeof routes.listPasskeys>> {
    const asked = { username, by: username };
    const { passkeys } = await this.#registry.call(Registry.listPasskeys, asked, { correlationId });
    return { passkeys: passkeys.map(toAnswer), origin: this.#site.find()?.origin ?? null };
  }

  @Handles(routes.beginPasskey)
  async beginAdding(
    @Input(routes.beginPasskey) { body }: InputOf<typeof routes.beginPasskey>,
    @By() username: string,
    @CorrelationId() correlationId: string,
    @Req() request: Request,
  ): Promise<AnswerOf<typeof routes.beginPasskey>> {
    const whence = { correlationId, address: addressOf(request) };
    const given = { username, password: body.password };
    const operator = await this.#signIn.prove(given, 'password', whence);
    return { options: await this.#passkeys.beginAdding(operator, correlationId) };
  }

  @Handles(routes.addPasskey)
  async add(
    @Input(routes.addPasskey) { body }: InputOf<typeof routes.addPasskey>,
    @By() username: string,
    @CorrelationId() correlationId: string,
  ): Promise<PasskeyAnswer> {
    return toAnswer(await this.#passkeys.add(body, username, correlationId));
  }

  @Handles(routes.removePasskey)
  async remove(
    @Input(routes.removePasskey) { params, body }: InputOf<typeof routes.removePasskey>,
    @By() username: string,
    @CorrelationId() correlationId: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const whence = { correlationId, address: addressOf(request) };
    await this.#signIn.prove({ username, password: body.password }, 'password', whence);
    const asked = { username, id: params.passkey, by: username };
    const changed = await this.#registry.call(Registry.removePasskey, asked, { correlationId });
    await goOnHere({ request, response, config: this.#config }, this.#sessions, changed);
  }

  @Handles(routes.removeOperatorPasskeys)
  async removeAll(
    @Input(routes.removeOperatorPasskeys)
    { params }: InputOf<typeof routes.removeOperatorPasskeys>,
    @By() by: string,
    @CorrelationId() correlationId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OperatorAnswer> {
    const asked = { ...params, by };
    const changed = await this.#registry.call(Registry.removePasskeys, asked, { correlationId });
    return tagged(changed, response);
  }
}

/** A passkey as the API tells of it: nothing by which it could be recognised elsewhere. */
function toAnswer({ id, name, createdAt, lastUsedAt, suspect }: Passkey): PasskeyAnswer {
  return {
    id,
    name,
    createdAt: new Date(createdAt).toISOString(),
    lastUsedAt: lastUsedAt === 0 ? null : new Date(lastUsedAt).toISOString(),
    suspect,
  };
}

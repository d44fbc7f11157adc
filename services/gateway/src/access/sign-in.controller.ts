import { CONFIG, REPORT, type Report } from '@latchkey/runtime';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { GatewayConfig } from '../config.js';
import { CorrelationId } from '../http/correlation.js';
import { Handles, Input } from '../http/handles.js';
import type { InputOf } from '../http/route.js';
import * as routes from './access.routes.js';
import type { Me } from './access.schemas.js';
import { asCaller, Asker, type Caller } from './caller.js';
import { addressOf, giveCookie, givenCookie } from './session-cookie.js';
import { Sessions } from './sessions.js';
import { SignIn } from './sign-in.js';
import { SingleSignOn } from './single-sign-on.js';
import { meAnswer } from './site.js';

/** In and out, and who is in. */
@Controller()
export class SignInController {
  readonly #signIn: SignIn;
  readonly #sessions: Sessions;
  readonly #config: GatewayConfig;
  readonly #report: Report;
  readonly #singleSignOn: SingleSignOn | null;

  constructor(
    @Inject(SignIn) signIn: SignIn,
    @Inject(Sessions) sessions: Sessions,
    @Inject(CONFIG) config: GatewayConfig,
    @Inject(REPORT) report: Report,
    @Inject(SingleSignOn) singleSignOn: SingleSignOn | null,
  ) {
    this.#signIn = signIn;
    this.#sessions = sessions;
    this.#config = config;
    this.#report = report;
    this.#singleSignOn = singleSignOn;
  }

  @Handles(routes.signIn)
  async enter(
    @Input(routes.signIn) { body }: InputOf<typeof routes.signIn>,
    @CorrelationId() correlationId: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Me> {
    const whence = { correlationId, address: addressOf(request) };
    try {
      const { operator, cookie } = await this.#signIn.letIn(body, whence);
      giveCookie({ request, response, config: this.#config }, cookie);
      this.#report('operator.sign-in', {}, { correlationId, outcome: 'let-in' });
      return meAnswer(asCaller(operator), this.#config);
    } catch (error) {
      // Without the name: people type their password there, too.
      this.#report('operator.sign-in', {}, { correlationId, outcome: 'refused' });
      throw error;
    }
  }

  @Handles(routes.signOut)
  async leave(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const cookie = givenCookie({ request, config: this.#config });
    giveCookie({ request, response, config: this.#config }, undefined);
    if (cookie !== undefined) await this.#sessions.close(cookie);
  }

  @Handles(routes.getMe)
  me(@Asker() caller: Caller): Me {
    const signOutUrl = caller.elsewhere ? this.#singleSignOn?.signOutUrl() : undefined;
    return { ...meAnswer(caller, this.#config), ...(signOutUrl ? { signOutUrl } : {}) };
  }
}

import { CONFIG, Failure, LOGGER, type Logger, REPORT, type Report } from '@latchkey/runtime';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { GatewayConfig } from '../config.js';
import { CorrelationId } from '../http/correlation.js';
import { Handles, Input } from '../http/handles.js';
import { Problem } from '../http/problem.js';
import type { AnswerOf, InputOf } from '../http/route.js';
import { addressOf, giveCookie } from './session-cookie.js';
import { placeOf, refusedPlace, setSignOnCookie, signOnCookieOf } from './single-sign-on.pure.js';
import * as routes from './single-sign-on.routes.js';
import { SIGN_ON_MS, SingleSignOn } from './single-sign-on.js';

/** In by the campus's own provider. */
@Controller()
export class SingleSignOnController {
  readonly #singleSignOn: SingleSignOn | null;
  readonly #config: GatewayConfig;
  readonly #report: Report;
  readonly #log: Logger;

  constructor(
    @Inject(SingleSignOn) singleSignOn: SingleSignOn | null,
    @Inject(CONFIG) config: GatewayConfig,
    @Inject(REPORT) report: Report,
    @Inject(LOGGER) log: Logger,
  ) {
    this.#singleSignOn = singleSignOn;
    this.#config = config;
    this.#report = report;
    this.#log = log;
  }

  @Handles(routes.getSignInWays)
  ways(): AnswerOf<typeof routes.getSignInWays> {
    const { LK_OIDC_NAME: name, LK_OIDC_CLAIM: claim } = this.#config;
    return { singleSignOn: this.#singleSignOn ? { name, claim } : null };
  }

  @Handles(routes.beginSingleSignOn)
  async begin(
    @Input(routes.beginSingleSignOn) { body }: InputOf<typeof routes.beginSingleSignOn>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AnswerOf<typeof routes.beginSingleSignOn>> {
    if (!this.#singleSignOn) throw new Problem('LK-SSO-004');
    const place = placeOf(body.place);
    const { cookie, url } = await this.#singleSignOn.begin(place, addressOf(request));
    this.#giveSignOnCookie(response, cookie);
    return { url };
  }

  /** The browser is on its way here from another site: whatever happens, it goes on to a page of ours. */
  @Handles(routes.finishSingleSignOn)
  async finish(
    @CorrelationId() correlationId: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const cookie = signOnCookieOf(request.get('cookie'), this.#isSecure());
    this.#giveSignOnCookie(response, undefined);
    const query = request.originalUrl.split('?')[1] ?? '';
    let place = '#/';
    try {
      if (!this.#singleSignOn) throw new Problem('LK-SSO-004');
      if (cookie === undefined) throw new Problem('LK-SSO-002');
      place = (await this.#singleSignOn.placeOf(cookie)) ?? place;
      const entered = await this.#singleSignOn.finish(cookie, query, correlationId);
      giveCookie({ request, response, config: this.#config }, entered.cookie);
      this.#report('operator.sign-in', {}, { correlationId, outcome: 'let-in' });
    } catch (error) {
      this.#report('operator.sign-in', {}, { correlationId, outcome: 'refused' });
      place = refusedPlace(place, this.#codeOf(error, correlationId));
    }
    response.location(`/${place}`);
  }

  #codeOf(error: unknown, correlationId: string): string {
    const code = error instanceof Problem || error instanceof Failure ? error.code : '';
    if (code.startsWith('LK-SSO-')) return code;
    // Shut out or changed in the moment between.
    if (code === 'LK-AUTH-010') return 'LK-SSO-001';
    this.#log.error({ correlationId, err: error }, 'a single sign-on could not be finished');
    return code || 'LK-INT-001';
  }

  #giveSignOnCookie(response: Response, value: string | undefined): void {
    const facts = { secure: this.#isSecure(), maxAgeS: SIGN_ON_MS / 1_000 };
    response.append('Set-Cookie', setSignOnCookie(value, facts));
  }

  /** By the address that the provider sends browsers back to. */
  #isSecure(): boolean {
    return this.#config.LK_PUBLIC_URL?.startsWith('https:') ?? false;
  }
}

import { isIP, type AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import type { HttpAdapterHost } from '@nestjs/core';
import type { GatewayConfig } from '../config.js';
import { Problem } from '../http/problem.js';

/** What a passkey belongs to (WebAuthn, 4: relying party). */
export interface RelyingParty {
  /** The name that a browser holds it to. */
  readonly id: string;
  /** The one origin whose pages may ask for it. */
  readonly origin: string;
}

/**
 * Where passkeys work: at the address that the settings name, else at localhost and this gateway's own port. What a request
 * says of its host has no part in it. `null`: nowhere, for a passkey needs a name, and a connection that nobody reads along.
 */
export class PasskeySite {
  readonly #config: GatewayConfig;
  readonly #http: HttpAdapterHost;

  constructor(config: GatewayConfig, http: HttpAdapterHost) {
    this.#config = config;
    this.#http = http;
  }

  find(): RelyingParty | null {
    const { LK_PUBLIC_URL: url, LK_TLS_CERT_FILE: certificate } = this.#config;
    if (url !== undefined) return relyingPartyOf(new URL(url));
    const server = this.#http.httpAdapter.getHttpServer() as Server;
    const { port } = server.address() as AddressInfo;
    const scheme = certificate === undefined ? 'http' : 'https';
    return relyingPartyOf(new URL(`${scheme}://localhost:${port}`));
  }

  /** @throws Problem LK-PKY-005 where there is none */
  require(): RelyingParty {
    const found = this.find();
    if (!found) throw new Problem('LK-PKY-005');
    return found;
  }
}

/** The relying party of an address; `null` where browsers have no passkeys. */
export function relyingPartyOf({ protocol, hostname, origin }: URL): RelyingParty | null {
  const isNamed = isIP(hostname.replaceAll(/[[\]]/g, '')) === 0;
  const isPrivate = protocol === 'https:' || hostname === 'localhost';
  return isNamed && isPrivate ? { id: hostname, origin } : null;
}

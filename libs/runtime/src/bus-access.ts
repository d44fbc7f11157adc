import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import { AUTHORITY_FILE, BROKER_CERTIFICATE, inboxPrefixOf } from '@latchkey/contracts';
import type { ConnectionOptions, TlsOptions } from '@nats-io/nats-core';
import { openIdentity } from './identity-file.js';

/** Where the broker is, and by what one knows that it is the broker. */
export interface BrokerAddress {
  /** One address or more, by commas. With `tls://` nobody is told anything who shows no certificate, or a wrong one. */
  readonly url: string;
  /** The folder of the key files, where the campus's authority lies. */
  readonly keysDir?: string | undefined;
  /** Who signed the broker's certificate, in PEM, where that was not the campus's own authority. */
  readonly caFile?: string | undefined;
}

/** How one connects as that identity, or as nobody in particular where the folder has none of that name. */
export function accessAs(identity: string, address: BrokerAddress): ConnectionOptions {
  const known = address.keysDir === undefined ? undefined : openIdentity(address.keysDir, identity);
  return {
    ...reach(address),
    inboxPrefix: inboxPrefixOf(identity),
    ...(known ? { authenticator: known.authenticator } : {}),
  };
}

/** How one reaches the broker. The authority's file is read at each connection, so that it can be rotated. */
export function reach(address: BrokerAddress): Pick<ConnectionOptions, 'servers' | 'tls'> {
  const servers = address.url.split(',').map((server) => server.trim());
  const insists = servers.some((server) => server.startsWith('tls://'));
  return { servers, ...(insists ? { tls: trust(servers, address) } : {}) };
}

/**
 * The campus's authority gives the name `broker` to nobody else, wherever that runs. By any other authority, it is the name
 * of the host that counts, as usual.
 */
function trust(servers: readonly string[], { keysDir, caFile }: BrokerAddress): TlsOptions {
  const own = join(keysDir ?? '', AUTHORITY_FILE);
  if (caFile === undefined && keysDir !== undefined && existsSync(own)) {
    return { caFile: own, ...isFor([BROKER_CERTIFICATE]) };
  }
  const hosts = servers.map((server) => new URL(server).hostname.replaceAll(/[[\]]/g, ''));
  return { ...(caFile === undefined ? {} : { caFile }), ...isFor(hosts) };
}

/** The client asks only for the name that it was given, and for `localhost` where that was an address. */
const isFor = (names: readonly string[]) => ({
  checkServerIdentity: (_: string, certificate: PeerCertificate): Error | undefined => {
    const faults = names.map((name) => checkServerIdentity(name, certificate));
    return faults.includes(undefined) ? undefined : faults[0];
  },
});

/** Whether a connection failed since the other side is not the broker, or not over TLS. */
export function isMistrust(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause ? String(cause.code) : '';
    if (TLS_FAULT.test(code) || /does not support 'tls'/.test(cause.message)) return true;
  }
  return false;
}

/** Node's codes (doc: tls, X509 certificate error codes), and OpenSSL's own. */
const TLS_FAULT = /CERT|^UNABLE_TO|^INVALID_(CA|PURPOSE)$|^HOSTNAME_MISMATCH$|^ERR_(TLS|SSL|OSSL)_/;

import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  X509Certificate,
} from 'node:crypto';
import { isIP } from 'node:net';
import { BROKER_CERTIFICATE, keyNames } from '@latchkey/contracts';
import { generate } from 'selfsigned';

const DAY_MS = 24 * 3600 * 1000;
const AUTHORITY_LIFE_MS = 3650 * DAY_MS;
/** A certificate is rotated long before (`latchkey keys rotate grpc-…`); an expired one would stop the doors. */
const CERTIFICATE_LIFE_MS = 1825 * DAY_MS;
/** Clocks may differ. */
const EARLIER_MS = DAY_MS;

/** A new private key for a certificate: ECDSA on P-256, PKCS 8 in PEM. */
export function newCertificateKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** The certificate of an authority that signs others'. Each has a name of its own, so that two may stand in one file. */
export async function certifyAuthority(privateKey: string): Promise<string> {
  const name = `Latchkey authority ${randomBytes(6).toString('hex')}`;
  const made = await generate([{ name: 'commonName', value: name }], {
    ...lifeOf(AUTHORITY_LIFE_MS),
    keyPair: pairOf(privateKey),
    extensions: [
      { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return made.cert;
}

/** Whose certificate is made, and by whom; keys and certificates in PEM. */
export interface Signing {
  readonly privateKey: string;
  readonly authority: { readonly key: string; readonly cert: string };
}

/**
 * A certificate that says who one is: its name is its common name and its only host name, so that callers check whom they
 * reached, wherever that runs, and who is called knows who calls.
 */
export const certify = (facts: Signing & { readonly name: string }): Promise<string> =>
  make(facts, { hosts: [], mayCall: true });

/**
 * The broker's certificate: our own services check its name alone, wherever it runs; the clients of others go by the host
 * names and addresses. With it nobody calls the registry.
 * @throws Error for what is no name of a host, or is that of a service
 */
export async function certifyBroker(
  facts: Signing & { readonly hosts: readonly string[] },
): Promise<string> {
  for (const host of facts.hosts) {
    if (HOST.test(host) && !keyNames.certificates.includes(host)) continue;
    throw new Error(
      `The broker cannot be called ${JSON.stringify(host)} in its certificate. Expected host names or IP addresses, and none that is a service's name.`,
    );
  }
  return await make({ ...facts, name: BROKER_CERTIFICATE }, { hosts: facts.hosts, mayCall: false });
}

/** The host names and addresses in the broker's certificate. */
export const brokerHostsIn = (certificate: string): string[] =>
  (new X509Certificate(certificate).subjectAltName ?? '')
    .split(', ')
    .map((name) => name.replace(/^(DNS|IP Address):/, ''))
    .filter((name) => name !== BROKER_CERTIFICATE);

/** Also `*.campus.example`; IPv6 as it is written. */
const HOST = /^(\*\.)?[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}$|^[0-9a-fA-F:.]{2,45}$/;

async function make(
  { name, privateKey, authority }: Signing & { readonly name: string },
  { hosts, mayCall }: { readonly hosts: readonly string[]; readonly mayCall: boolean },
): Promise<string> {
  const names = [name, ...hosts].map((value) =>
    isIP(value) ? ({ type: 7, ip: value } as const) : ({ type: 2, value } as const),
  );
  const made = await generate([{ name: 'commonName', value: name }], {
    ...lifeOf(CERTIFICATE_LIFE_MS),
    keyPair: pairOf(privateKey),
    ca: authority,
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true, clientAuth: mayCall },
      { name: 'subjectAltName', altNames: names },
    ],
  });
  return made.cert;
}

function lifeOf(lifeMs: number) {
  return {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - EARLIER_MS),
    notAfterDate: new Date(Date.now() + lifeMs),
  } as const;
}

function pairOf(privateKey: string): { privateKey: string; publicKey: string } {
  const publicKey = createPublicKey(createPrivateKey(privateKey));
  return { privateKey, publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString() };
}

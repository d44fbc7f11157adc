import { X509Certificate } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** A self-signed certificate, as PEM texts and files. */
export interface OwnCertificate {
  readonly key: string;
  readonly cert: string;
  readonly keyFile: string;
  readonly certFile: string;
}

const dayMs = 24 * 3600 * 1000;
const lifeDays = 365;

/** How browsers on this machine and beside it may call it. IPv6 addresses are left out: they change by the day. */
export function machineNames(): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((all = []) =>
    all.filter(({ family, internal }) => family === 'IPv4' && !internal).map((at) => at.address),
  );
  return [...new Set(['localhost', '127.0.0.1', hostname(), ...addresses])];
}

function covers(certificate: X509Certificate, name: string): boolean {
  const covered = isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name);
  return covered !== undefined;
}

async function kept(
  names: readonly string[],
  keyFile: string,
  certFile: string,
): Promise<OwnCertificate | undefined> {
  try {
    const [key, cert] = await Promise.all([readFile(keyFile, 'utf8'), readFile(certFile, 'utf8')]);
    const certificate = new X509Certificate(cert);
    const lasts = certificate.validToDate.getTime() > Date.now() + dayMs;
    const fits = lasts && names.every((name) => covers(certificate, name));
    return fits ? { key, cert, keyFile, certFile } : undefined;
  } catch {
    return undefined; // missing or unreadable: a new one is made
  }
}

/**
 * A self-signed certificate in `<folder>/<base>.cert.pem` and `.key.pem`, kept there: browsers are told to trust it once.
 * Made anew when it is about to end or a name is missing from it.
 * @param names host names and IP addresses; the first is its common name
 */
export async function ownCertificate(
  folder: string,
  base: string,
  names: readonly string[],
): Promise<OwnCertificate> {
  const [keyFile, certFile] = [join(folder, `${base}.key.pem`), join(folder, `${base}.cert.pem`)];
  const before = await kept(names, keyFile, certFile);
  if (before !== undefined) return before;
  const altNames = names.map((name) =>
    isIP(name) ? ({ type: 7, ip: name } as const) : ({ type: 2, value: name } as const),
  );
  const made = await generate([{ name: 'commonName', value: names[0] ?? 'localhost' }], {
    keyType: 'ec',
    notAfterDate: new Date(Date.now() + lifeDays * dayMs),
    extensions: [
      { name: 'subjectAltName', altNames },
      { name: 'extKeyUsage', serverAuth: true },
    ],
  });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(keyFile, made.private, { mode: 0o600 });
  await writeFile(certFile, made.cert);
  return { key: made.private, cert: made.cert, keyFile, certFile };
}

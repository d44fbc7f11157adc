import { X509Certificate } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';

export interface MailCertificate {
  key: string;
  cert: string;
  certFile: string;
}

const dayMs = 24 * 3600 * 1000;
const lifeDays = 365;

async function stored(keyFile: string, certFile: string): Promise<MailCertificate | undefined> {
  try {
    const [key, cert] = await Promise.all([readFile(keyFile, 'utf8'), readFile(certFile, 'utf8')]);
    const endsAt = new X509Certificate(cert).validToDate.getTime();
    return endsAt > Date.now() + dayMs ? { key, cert, certFile } : undefined;
  } catch {
    return undefined; // missing or unreadable: a new one is made
  }
}

/** A self-signed certificate for 127.0.0.1 and localhost, kept in the folder and made anew when it is about to end. */
export async function mailCertificate(folder: string): Promise<MailCertificate> {
  const [keyFile, certFile] = [join(folder, 'smtp.key.pem'), join(folder, 'smtp.cert.pem')];
  const kept = await stored(keyFile, certFile);
  if (kept !== undefined) return kept;
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    notAfterDate: new Date(Date.now() + lifeDays * dayMs),
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  await writeFile(keyFile, made.private, { mode: 0o600 });
  await writeFile(certFile, made.cert);
  return { key: made.private, cert: made.cert, certFile };
}

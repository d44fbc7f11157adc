import { createPrivateKey, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { AUTHORITY_FILE, certificateFile } from '@latchkey/contracts';
import { invalidKey } from './key-files.js';
import { KeyFile } from './key-file.js';

const LOOK_EVERY_MS = 1_000;

/** What one shows of oneself, and whom one takes, in PEM. */
export interface Certificates {
  readonly authorities: Buffer;
  readonly certificate: Buffer;
  readonly privateKey: Buffer;
}

/** Who one is by gRPC. The files are read again when they change. */
export interface GrpcIdentity {
  readonly name: string;
  current(): Certificates;
  /** Calls `handler` within two seconds after a change. @returns what stops it */
  onChange(handler: (certificates: Certificates) => void): () => void;
}

/**
 * Who one is by gRPC: `grpc-<name>.key.pem`, `grpc-<name>.cert.pem`, and the authorities in `grpc-ca.pem`.
 * @throws Failure LK-KEY-001 or LK-KEY-002, naming the file
 */
export function loadGrpcIdentity(dir: string, name: string): GrpcIdentity {
  const base = join(dir, certificateFile(name));
  const paths = [join(dir, AUTHORITY_FILE), `${base}.cert.pem`, `${base}.key.pem`];
  const file = new KeyFile(paths, (texts) => certificatesOf(base, texts));
  return {
    name,
    current: () => file.current,
    onChange: (handler) => {
      let known = file.current;
      const timer = setInterval(() => {
        const now = file.look();
        if (now === known) return;
        known = now;
        handler(now);
      }, LOOK_EVERY_MS);
      timer.unref();
      return () => clearInterval(timer);
    },
  };
}

function certificatesOf(base: string, texts: readonly string[]): Certificates {
  const [authorities = '', certificate = '', privateKey = ''] = texts;
  try {
    // One file is written after the other: a pair that does not fit is not taken.
    const fits = new X509Certificate(certificate).checkPrivateKey(createPrivateKey(privateKey));
    if (fits && new X509Certificate(authorities).ca) {
      return {
        authorities: Buffer.from(authorities),
        certificate: Buffer.from(certificate),
        privateKey: Buffer.from(privateKey),
      };
    }
  } catch {
    // Said below, with the file's name.
  }
  throw invalidKey(
    `${base}.cert.pem`,
    `a certificate in PEM that fits ${base}.key.pem, with its authority in ${AUTHORITY_FILE}`,
  );
}

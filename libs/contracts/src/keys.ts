/** The key files, by name; who holds which is in docs/ARCHITECTURE.md. */
export interface KeyNames {
  /** Curve key pairs: `<name>.seed` (private) and `<name>.pub`. */
  readonly curves: readonly string[];
  /** 32 random bytes each: `<name>.key`. */
  readonly secrets: readonly string[];
  /** Identities on the bus, nkeys user pairs: `bus-<name>.seed` (private) and `bus-<name>.pub`. */
  readonly identities: readonly string[];
  /** Who signs what others must be able to check, Ed25519 pairs in PEM: `sign-<name>.pem` (private) and `sign-<name>.pub.pem`. */
  readonly signers: readonly string[];
  /**
   * Who speaks gRPC: `grpc-<name>.key.pem` (private) and `grpc-<name>.cert.pem`, signed by the campus's own authority,
   * `grpc-ca.key.pem` (private) and `grpc-ca.pem`.
   */
  readonly certificates: readonly string[];
  /**
   * The broker's certificate, by the same authority: `broker.key.pem` (private) and `broker.cert.pem`, with the host names
   * and addresses at which it is reached.
   */
  readonly brokerNames: readonly string[];
}

/** Every key of the campus. */
export const keyNames: KeyNames = {
  curves: ['registry', 'face', 'notify', 'evidence'],
  secrets: ['master', 'pepper', 'tag'],
  identities: ['capture', 'face', 'qr', 'auth', 'registry', 'notify', 'gateway', 'admin'],
  signers: ['auth', 'registry', 'gateway'],
  certificates: ['registry', 'auth', 'gateway', 'notify'],
  brokerNames: ['localhost', '127.0.0.1', '::1'],
};

/** The name of a signer's key files, without what they end in. */
export const signerFile = (name: string): string => `sign-${name}`;

/** The name of a certificate's files, without what they end in. */
export const certificateFile = (name: string): string => `grpc-${name}`;
/** Who signs the certificates: no service's name, and never used to speak. */
export const CERTIFICATE_AUTHORITY = 'ca';
/** The name that the broker's certificate bears wherever it runs, and of its files. */
export const BROKER_CERTIFICATE = 'broker';
/** The broker looks for both in the folder in which it is started. */
export const BROKER_CERTIFICATE_FILES = {
  key: `${BROKER_CERTIFICATE}.key.pem`,
  certificate: `${BROKER_CERTIFICATE}.cert.pem`,
} as const;
/** The certificates of the authority, the newest first. */
export const AUTHORITY_FILE = `${certificateFile(CERTIFICATE_AUTHORITY)}.pem`;

/** Whoever mends the bus by hand: it may do everything there. No service uses it. */
export const ADMIN_IDENTITY = 'admin';
/** The name of an identity's key files, without what they end in. */
export const identityFile = (name: string): string => `bus-${name}`;
/** TLS, users and permissions of the broker's configuration, in the folder of the keys; it holds nothing secret. */
export const BROKER_USERS_FILE = 'broker-users.conf';
/** Where the broker listens for MQTT, as a part of its configuration; there once a relay was given it. */
export const MQTT_LISTENER_FILE = 'broker-mqtt.conf';
/** What a relay's MQTT password is called, to be rotated; its file ends in `.password`. */
export const mqttPassword = (name: string): string => `mqtt-${name}`;
/** The token by which programs administer: the gateway makes it at its first start, and knows its digest alone. */
export const OPERATOR_TOKEN = 'operator';
/** SHA-256 of the token's text in hex; after a rotation the newest first. */
export const OPERATOR_DIGEST_FILE = `${OPERATOR_TOKEN}.sha256`;
/** Where a rotation leaves the new token, for whoever takes it to the programs. */
export const OPERATOR_TOKEN_FILE = `${OPERATOR_TOKEN}.token`;
/** Relays and integrators with what each was given, in the folder of the keys; it holds nothing secret. */
export const GUESTS_FILE = 'bus-guests.json';

import { BROKER_CERTIFICATE_FILES, type BusRights, campusCall } from '@latchkey/contracts';

/** One who may connect, by its public key (nkeys: `U` and 55 more letters and digits), or by MQTT with a password. */
export type BrokerUser = {
  readonly name: string;
  /** Everything within the account, where left out. */
  readonly rights?: BusRights;
  /** It is in an account apart, in which there is nothing but what those there may call. */
  readonly apart?: boolean;
} & ({ readonly publicKey: string } | { readonly passwordDigest: string });

/** NATS's configuration takes JSON strings as they are. */
const list = (subjects: readonly string[]): string => JSON.stringify(subjects);

function permissionsOf({ publish, subscribe, mayAnswer }: BusRights): string {
  // An empty list of what is allowed would allow all.
  const deny = publish.allow.length > 0 ? publish.deny : ['>'];
  const said = [
    ...(publish.allow.length > 0 ? [`allow: ${list(publish.allow)}`] : []),
    ...(deny.length > 0 ? [`deny: ${list(deny)}`] : []),
  ];
  return [
    '      permissions {',
    `        publish { ${said.join(', ')} }`,
    `        subscribe { allow: ${list(subscribe.allow)} }`,
    ...(mayAnswer ? ['        allow_responses: true'] : []),
    '      }',
  ].join('\n');
}

function userText(user: BrokerUser): string {
  const permissions = user.rights ? `\n${permissionsOf(user.rights)}` : '';
  const known =
    'publicKey' in user
      ? [`nkey: ${user.publicKey}`]
      : [
          `user: ${JSON.stringify(user.name)}`,
          `password: ${JSON.stringify(user.passwordDigest)}`,
          'allowed_connection_types: ["MQTT"]',
        ];
  const lines = known.map((line) => `\n      ${line}`).join('');
  return `    { # ${user.name}${lines}${permissions}\n    }`;
}

/** With it the server hears nobody who speaks in clear. It looks for both files where it was started. */
const TLS = [
  'tls {',
  `  cert_file: ${JSON.stringify(BROKER_CERTIFICATE_FILES.certificate)}`,
  `  key_file: ${JSON.stringify(BROKER_CERTIFICATE_FILES.key)}`,
  // A client on a busy machine takes longer than the 2 s that are usual.
  '  timeout: 10',
  '}',
];

/** The part of a nats-server's configuration that has it listen for MQTT there, by TLS. @param listen host:port */
export const mqttListenerText = (listen: string): string =>
  [
    'mqtt {',
    `  listen: ${JSON.stringify(listen)}`,
    ...TLS.map((line) => `  ${line}`),
    '}',
    '',
  ].join('\n');

/** The account of those who are apart. */
const APART = 'INTEGRATORS';

/** What the campus's account lets another call. A batch of messages is several answers to one call. */
function exportText(call: string): string {
  const subject = JSON.stringify(campusCall(call));
  const answers = call.includes('.MSG.NEXT.') ? ', response_type: stream' : '';
  return `      { service: ${subject}${answers}, accounts: ["${APART}"] }`;
}

function importText(call: string): string {
  const subject = JSON.stringify(campusCall(call));
  return `      { service: { account: LATCHKEY, subject: ${subject} }, to: ${JSON.stringify(call)} }`;
}

const usersText = (users: readonly BrokerUser[]): string[] => [
  '    users: [',
  users.map(userText).join(',\n').replaceAll(/^/gm, '  '),
  '    ]',
];

const listText = (name: string, lines: readonly string[]): string[] =>
  lines.length > 0 ? [`    ${name}: [`, lines.join(',\n'), '    ]'] : [];

/**
 * The part of a nats-server's configuration that says how to connect, who may, and what they may do: TLS, the campus's account with
 * JetStream, one for integrators, a user for each public key or password, and nobody else (docs.nats.io, Authorization). It
 * holds no secret: the passwords are random, of 256 bits, and stand there as digests.
 * @param mqttListener see `mqttListenerText`
 */
export function brokerUsersText(users: readonly BrokerUser[], mqttListener = ''): string {
  const apart = users.filter((user) => user.apart);
  const calls = [...new Set(apart.flatMap(({ rights }) => rights?.publish.allow ?? []))];
  return [
    '# Made by `latchkey keys`; do not change by hand.',
    ...TLS,
    ...(mqttListener ? [mqttListener] : []),
    'accounts {',
    '  LATCHKEY {',
    '    jetstream: enabled',
    ...usersText(users.filter((user) => !user.apart)),
    ...listText('exports', calls.map(exportText)),
    '  }',
    // There from the start: what an account that comes by a reload imports is not heard until the next start.
    `  ${APART} {`,
    ...usersText(apart),
    ...listText('imports', calls.map(importText)),
    '  }',
    '}',
    '',
  ].join('\n');
}

export interface WelcomeFacts {
  gatewayUrl: string;
  /** `ws://…`, without a path. */
  kioskUrl: string;
  /** `https://…`, without a path. */
  kioskTlsUrl: string;
  brokerUrl: string;
  /** Undefined where mail goes to a real server. */
  inboxUrl: string | undefined;
  /** While there is no operator. */
  firstAdminLink: string | undefined;
  /** Only at the first start. */
  operatorToken: string | undefined;
  health: { name: string; url: string }[];
  dataDir: string;
}

const width = 14;

function rowsOf(facts: WelcomeFacts): [string, string][] {
  const { gatewayUrl, kioskUrl, kioskTlsUrl, brokerUrl, inboxUrl, operatorToken, dataDir } = facts;
  return [
    ['Console', gatewayUrl],
    ['REST', `${gatewayUrl}/api/v1`],
    ['OpenAPI', `${gatewayUrl}/api/v1/openapi.json`],
    [
      'Kiosk',
      `${kioskUrl.replace(/^ws/, 'http')}/kiosk on this machine (programs: ${kioskUrl}/kiosk)`,
    ],
    ['', `${kioskTlsUrl}/kiosk on others; the certificate is our own, see docs/KIOSK.md`],
    [
      'Mail',
      inboxUrl === undefined
        ? 'sent by the SMTP server in your settings'
        : `${inboxUrl} (caught, not sent)`,
    ],
    ['Events', brokerUrl],
    ['Data', dataDir],
    ['Token', operatorToken ?? `the token of the first start, kept in ${dataDir}/operator.token`],
  ];
}

/** What to do first: without an operator nobody can sign in at the console. */
function firstStepOf({ firstAdminLink, dataDir }: WelcomeFacts): string[] {
  if (firstAdminLink === undefined) return [];
  return [
    '  There is no operator yet. Open this link, once, to become the first administrator:',
    '',
    `  ${firstAdminLink}`,
    '',
    `  It is good until the next start, for a day at most; it lies in ${dataDir}/first-admin.link, too.`,
    '',
  ];
}

/** What a person needs to know when all is up. The operator's token is shown this once, so it is pointed out. */
export function welcome(facts: WelcomeFacts): string {
  const rows = rowsOf(facts).map(([name, value]) => `  ${name.padEnd(width)}${value}`);
  const once =
    facts.operatorToken === undefined
      ? []
      : [
          `  ${''.padEnd(width)}not shown again; kept in ${facts.dataDir}/operator.token, which only you can read`,
        ];
  const health = facts.health.map(({ name, url }) => `  ${name.padEnd(width)}${url}/readyz`);
  const rule = '─'.repeat(72);
  return [
    '',
    rule,
    '  Latchkey is up.',
    '',
    ...rows,
    ...once,
    '',
    ...health,
    '',
    ...firstStepOf(facts),
    '  Stop it with Ctrl-C.',
    rule,
    '',
  ].join('\n');
}

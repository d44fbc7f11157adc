export interface WelcomeFacts {
  gatewayUrl: string;
  /** For kiosks that are programs: `ws://…`, without a path. */
  kioskUrl: string;
  /** Where browsers open a door's screen, on this machine and on others. */
  kioskPages: { here: string; elsewhere: string };
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

type Row = readonly [name: string, value: string];

const width = 14;
/** As wide as a terminal usually is. */
const lineWidth = 80;

const lineOf = ([name, value]: Row) => `  ${name.padEnd(width)}${value}`;

/** What to do first: without an operator nobody can sign in at the console. */
function firstStepOf({ firstAdminLink, dataDir }: WelcomeFacts): string[] {
  if (firstAdminLink === undefined) return [];
  return [
    '  First, open this link, once. It makes you the first administrator:',
    '',
    `  ${firstAdminLink}`,
    '',
    `  Good until the next start, a day at most. Also in ${dataDir}/first-admin.link`,
    '',
  ];
}

/** What people open. */
function pagesOf({ gatewayUrl, kioskPages, inboxUrl }: WelcomeFacts): Row[] {
  return [
    ['Console', gatewayUrl],
    ['A door', `${kioskPages.here} on this machine`],
    ['', `${kioskPages.elsewhere} on a tablet or phone;`],
    ['', 'it warns once that the certificate is our own, see docs/KIOSK.md'],
    [
      'Mail',
      inboxUrl === undefined
        ? 'sent by the SMTP server in your settings'
        : `caught: Messages in the console, or ${inboxUrl}`,
    ],
  ];
}

/** What programs use. The operator's token is shown this once, so it is pointed out. */
function programsOf(facts: WelcomeFacts): Row[] {
  const { gatewayUrl, kioskUrl, brokerUrl, operatorToken, dataDir } = facts;
  const token: Row[] =
    operatorToken === undefined
      ? [['Token', `that of the first start, kept in ${dataDir}/operator.token`]]
      : [
          ['Token', operatorToken],
          ['', `not shown again; kept in ${dataDir}/operator.token for you alone`],
        ];
  return [
    ['API', `${gatewayUrl}/api/v1/docs`],
    ['Kiosks', `${kioskUrl}/kiosk`],
    ['Events', brokerUrl],
    ...token,
  ];
}

/** The port of each service, as many on a line as there is room for. */
function healthOf({ health }: WelcomeFacts): Row[] {
  const lines: string[] = [];
  for (const { name, url } of health) {
    const word = `${name} ${new URL(url).port}`;
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < lineWidth - width - 4) {
      lines[lines.length - 1] = `${last}, ${word}`;
    } else lines.push(word);
  }
  return ['http://127.0.0.1:<port>/readyz of', ...lines].map((value, index) => [
    index === 0 ? 'Health' : '',
    value,
  ]);
}

/** What a person needs to know when all is up: first what to do, then what to open, last what programs use. */
export function welcome(facts: WelcomeFacts): string {
  const rule = '─'.repeat(lineWidth);
  return [
    '',
    rule,
    '  Latchkey is up. Stop it with Ctrl-C.',
    '',
    ...firstStepOf(facts),
    ...pagesOf(facts).map(lineOf),
    '',
    ...programsOf(facts).map(lineOf),
    '',
    ...healthOf(facts).map(lineOf),
    lineOf(['Data', facts.dataDir]),
    rule,
    '',
  ].join('\n');
}

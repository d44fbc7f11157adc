import {
  AUTHORITY_FILE,
  BROKER_CERTIFICATE,
  BROKER_CERTIFICATE_FILES,
  BROKER_USERS_FILE,
  type Given,
  type Guest,
  given,
  guest,
  identityFile,
  INTEGRATOR_API,
  keyNames,
  mqttPassword,
  OPERATOR_TOKEN,
  OPERATOR_TOKEN_FILE,
} from '@latchkey/contracts';
import { writeBrokerUsers, writeGuest } from '@latchkey/runtime/identities';
import { type MadeKeys, makeKeys } from '@latchkey/runtime/keys';
import { addMqttRelay } from '@latchkey/runtime/mqtt';
import { retireKey, rotateKey } from '@latchkey/runtime/rotation';
import { Command, Option } from 'commander';
import { brokerAddress, type BrokerOptions, inFolder, toBroker } from './broker-options.js';
import { type KeyNeed, keyNeeds } from './key-needs.js';

/**
 * Makes the keys that are missing and says what it did, never what a key is.
 * @param brokerNames the host names and addresses of the broker, for its certificate
 */
export async function initKeys(
  dir: string,
  brokerNames: readonly string[] = keyNames.brokerNames,
): Promise<string> {
  const { made, kept } = await makeKeys(dir, { ...keyNames, brokerNames });
  await writeBrokerUsers(dir);
  const advice =
    made.length === 0
      ? 'Nothing was made: all keys are there, and were left as they are.'
      : 'Back them up apart from the database: without master.key its templates are lost, without pepper.key its codes.';
  return [`Keys in ${dir}:`, ...linesOf({ made, kept }), advice, forTheBroker(dir)].join('\n');
}

/** Gives a relay or an integrator an identity on the bus, or changes what it was given; its key stays. */
export async function addGuest(dir: string, facts: Guest): Promise<string> {
  const added = guest.parse(facts);
  const names = { curves: [], secrets: [], signers: [], identities: [added.name] };
  const keys = await makeKeys(dir, names);
  await writeGuest(dir, added);
  await writeBrokerUsers(dir);
  const what =
    added.kind === 'relay'
      ? `${added.name} may hear the openings of ${added.door}, and nothing else.`
      : `${added.name} may read ${added.given.map(spell).join(', ')}, and nothing else, by the API's prefix ${INTEGRATOR_API}.`;
  const handOver = `Give it ${identityFile(added.name)}.seed and ${AUTHORITY_FILE}, by which it knows the broker${added.kind === 'relay' ? KNOWS_OPENINGS : ''}.`;
  return [`Keys in ${dir}:`, ...linesOf(keys), what, handOver, forTheBroker(dir)].join('\n');
}

const KNOWS_OPENINGS =
  ', and sign-auth.pub.pem and sign-registry.pub.pem, by which it knows an opening';

/** Lets a door's relay speak MQTT instead of NATS; the password that it has stays. @param listen see `addMqttRelay` */
export async function addRelayByMqtt(dir: string, door: string, listen?: string): Promise<string> {
  const name = `relay-${door}`;
  const added = guest.parse({ kind: 'relay', name, door });
  const file = await addMqttRelay(dir, { name: added.name, door }, listen);
  return [
    file === undefined
      ? `${name} keeps its password; \`latchkey keys rotate ${mqttPassword(name)}\` makes a new one.`
      : `Made ${file} in ${dir}: the password of the user ${name}, this once. Take it to the relay and delete it here.`,
    `${name} may hear the openings of ${door} by MQTT, and nothing else.`,
    `Give it ${AUTHORITY_FILE}, by which it knows the broker${KNOWS_OPENINGS}.`,
    'Where the broker listened for no MQTT before, or elsewhere, start it anew: a reload is not enough.',
    forTheBroker(dir),
  ].join('\n');
}

/** Puts a new key before the one that is there, and says what is to be done where. */
export async function rotate(
  dir: string,
  name: string,
  brokerNames?: readonly string[],
): Promise<string> {
  const files = await rotateKey(dir, name, brokerNames);
  const rotated = `Rotated ${name}: ${files.join(', ')} in ${dir}.`;
  if (name === OPERATOR_TOKEN) return [rotated, OPERATOR_HAND_OVER, ''].join('\n');
  if (name === BROKER_CERTIFICATE) return [rotated, forTheBroker(dir)].join('\n');
  const next = name.startsWith('bus-') ? forTheBroker(dir) : '';
  return [
    rotated,
    `Where services have folders of their own, copy them in this order. The old key stays good until \`latchkey keys retire ${name}\`.`,
    next,
  ].join('\n');
}

const OPERATOR_HAND_OVER = `Take ${OPERATOR_TOKEN_FILE} to the programs that use it and delete it here. The old token stays good until \`latchkey keys retire ${OPERATOR_TOKEN}\`.`;

/** Takes the predecessors of a key away; `compromised`: without waiting for what is on its way. @throws Failure LK-KEY-006 where something still needs one */
export async function retire(
  dir: string,
  name: string,
  needs: readonly KeyNeed[],
  compromised = false,
): Promise<string> {
  const files = await retireKey(dir, name, { needs, nowMs: Date.now(), compromised });
  if (files.length === 0) return `${name} has no predecessor; nothing was retired.\n`;
  const next = name.startsWith('bus-') ? forTheBroker(dir) : '';
  return [`Retired the predecessor of ${name}: ${files.join(', ')} in ${dir}.`, next].join('\n');
}

/**
 * What an integrator is given, as it is written on the command line: `access:library-north:granted`, `alarm:*:*`.
 * @throws Error that says what was expected
 */
export function parseGiven(text: string): Given {
  const [family, door, kind, ...more] = text.split(':');
  const stream = { access: 'ACCESS', alarm: 'ALARMS' }[family ?? ''];
  const parsed = given.safeParse({ stream, door, kind });
  if (parsed.success && more.length === 0) return parsed.data;
  throw new Error(
    `Expected access:<door>:<kind> or alarm:<door>:<kind>, each or * for any, such as access:library-north:granted; got ${JSON.stringify(text)}.`,
  );
}

const spell = ({ stream, door, kind }: Given): string =>
  `${stream === 'ACCESS' ? 'access' : 'alarm'}:${door}:${kind}`;

const linesOf = ({ made, kept }: MadeKeys): string[] =>
  [
    ...made.map((file) => `  made        ${file}`),
    ...kept.map((file) => `  was there   ${file}`),
  ].toSorted();

const forTheBroker = (dir: string): string =>
  `For the broker: ${[BROKER_USERS_FILE, ...Object.values(BROKER_CERTIFICATE_FILES)].join(', ')} in ${dir}. Put them into the folder in which it is started, include the first in its configuration, and reload it: nats-server --signal reload\n`;

const withBrokerNames = (command: Command): Command =>
  command.addOption(
    new Option(
      '--broker-names <names>',
      "the broker's host names and addresses, by commas, for its certificate (localhost, 127.0.0.1 and ::1 unless told otherwise)",
    ).env('LK_BROKER_NAMES'),
  );

interface KeysOptions {
  readonly dir: string;
  readonly brokerNames?: string;
}

const namesIn = ({ brokerNames }: KeysOptions): string[] | undefined =>
  brokerNames
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** `latchkey keys`: the key files of an installation. */
export function keysCommand(): Command {
  const init = withBrokerNames(inFolder(new Command('init')))
    .description(
      'make the key files that are missing, for their owner alone; one that is there is never touched',
    )
    .action(async (options: KeysOptions) => {
      process.stdout.write(await initKeys(options.dir, namesIn(options)));
    });
  const relay = inFolder(new Command('relay'))
    .description("give a door's relay an identity that hears this door's openings alone")
    .argument('<door>', 'the id of the door')
    .addOption(
      new Option(
        '--mqtt [listen]',
        'by MQTT, with a password; the broker listens at this address (0.0.0.0:8883 unless told otherwise)',
      ),
    )
    .action(async (door: string, { dir, mqtt }: { dir: string; mqtt?: string | true }) => {
      const added =
        mqtt === undefined
          ? addGuest(dir, { kind: 'relay', name: `relay-${door}`, door })
          : addRelayByMqtt(dir, door, mqtt === true ? undefined : mqtt);
      process.stdout.write(await added);
    });
  const integrator = inFolder(new Command('integrator'))
    .description('give an integrator an identity that reads and replays the named events alone')
    .argument('<name>', 'its name: small letters, digits and -')
    .argument('<given...>', 'access:<door>:<kind> or alarm:<door>:<kind>; * for any')
    .action(async (name: string, texts: string[], { dir }: { dir: string }) => {
      const facts = { kind: 'integrator', name, given: texts.map(parseGiven) } as const;
      process.stdout.write(await addGuest(dir, facts));
    });
  const rotating = withBrokerNames(inFolder(new Command('rotate')))
    .description(
      'put a new key before the old one, which stays good; running services take it up within 5 s',
    )
    .argument(
      '<name>',
      'as the file is named: master, face, sign-auth, bus-qr, grpc-ca, grpc-auth, broker, …',
    )
    .action(async (name: string, options: KeysOptions) => {
      process.stdout.write(await rotate(options.dir, name, namesIn(options)));
    });
  const retiring = toBroker(new Command('retire'))
    .description('take the old key away, once nothing needs it any more')
    .argument('<name>', 'as the file is named')
    .addOption(
      new Option(
        '--compromised',
        'somebody else has it: at once, though what it sealed or signed and is on its way is lost',
      ),
    )
    .action(async (name: string, options: BrokerOptions & { compromised?: boolean }) => {
      const needs = await keyNeeds(brokerAddress(options));
      process.stdout.write(await retire(options.dir, name, needs, options.compromised));
    });
  return new Command('keys')
    .description('the key files of an installation')
    .addCommand(init)
    .addCommand(rotating)
    .addCommand(retiring)
    .addCommand(relay)
    .addCommand(integrator);
}

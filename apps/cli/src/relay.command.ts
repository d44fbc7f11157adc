import { spawn } from 'node:child_process';
import type { KeyObject } from 'node:crypto';
import { doorId, doorOpen, parseEnvelope, subjectOf } from '@latchkey/contracts';
import {
  accessAs,
  type BrokerAddress,
  type Held,
  openingFault,
  watchSignerKey,
} from '@latchkey/runtime';
import { connect } from '@nats-io/transport-node';
import { Command } from 'commander';
import { brokerAddress, type BrokerOptions, toBroker } from './broker-options.js';

/** What a relay needs to know. */
export interface RelayFacts extends BrokerAddress {
  readonly door: string;
  /** The folder of its key, `bus-relay-<door>.seed`, of the broker's authority and of the public signing keys. */
  readonly keysDir: string;
  /** Called for each opening that counts. */
  readonly open: (id: string) => void;
  /** Called for each that does not, with the reason. */
  readonly refuse: (why: string) => void;
}

/**
 * A door's relay: hears the door's openings, and opens for those that are signed, in time, for this door, and new.
 * The time is this host's: keep its clock right (NTP or chrony), or grants come too late for it.
 * @returns what ends it
 */
export async function startRelay(facts: RelayFacts): Promise<{ close(): Promise<void> }> {
  const { door, keysDir } = facts;
  const publicKeys = ['auth', 'registry'].map((name) => watchSignerKey(keysDir, name));
  const connection = await connect({
    ...accessAs(`relay-${door}`, facts),
    name: `relay-${door}`,
    maxReconnectAttempts: -1,
  });
  const done = new Map<string, number>();
  connection.subscribe(subjectOf(doorOpen, { door }), {
    callback: (error, { data }) => {
      if (error) facts.refuse(error.message);
      else hear(facts, { publicKeys, done }, data);
    },
  });
  await connection.flush();
  return { close: () => connection.close() };
}

/** For so long an opening that was carried out is remembered; it expires within seconds. */
const REMEMBERED_MS = 60_000;

function hear(
  { door, open, refuse }: RelayFacts,
  { publicKeys, done }: { publicKeys: Held<KeyObject>[]; done: Map<string, number> },
  bytes: Uint8Array,
): void {
  const nowMs = Date.now();
  for (const [id, atMs] of done) if (nowMs - atMs > REMEMBERED_MS) done.delete(id);
  try {
    const event = parseEnvelope(bytes);
    const fault = openingFault(event, { door, publicKeys, nowMs, done: new Set(done.keys()) });
    if (fault !== null) return refuse(fault);
    done.set(event.id, nowMs);
    open(event.id);
  } catch {
    refuse('it is no event');
  }
}

/** `latchkey relay`: opens a lock by running a program. */
export function relayCommand(): Command {
  return toBroker(new Command('relay'))
    .description("a door's relay: runs a program for each opening that is signed, in time and new")
    .argument('<door>', 'the id of the door')
    .argument('<program...>', 'the program that opens the lock, and its arguments')
    .action(async (door: string, program: string[], options: BrokerOptions) => {
      const [command = '', ...args] = program;
      const say = (text: string): void => {
        process.stdout.write(`${new Date().toISOString()} ${text}\n`);
      };
      await startRelay({
        door: doorId.parse(door),
        ...brokerAddress(options),
        open: (id) => {
          say(`opens (${id})`);
          spawn(command, args, { stdio: 'inherit' }).on('error', (error) => say(error.message));
        },
        refuse: (why) => say(`stays shut: ${why}`),
      });
      say(`listens for the openings of ${door}`);
    });
}

import { setTimeout as delay } from 'node:timers/promises';
import { parseEnvelope } from '@latchkey/contracts';
import { Command } from 'commander';
import { eventLine } from './event-line.pure.js';
import { askGateway, type GatewayAccess, GatewayError, gatewayAccess } from './gateway.client.js';
import { takeMessages } from './server-sent.pure.js';

interface EventsOptions {
  readonly door?: string;
  readonly type?: string;
  readonly since?: string;
  readonly json?: true;
}

const RETRY_MS = 2_000;
/** The gateway sends a beat every 15 s; a line that is silent for longer is dead. */
const SILENCE_MS = 40_000;

/** `latchkey events`: what happens, a line each, until Ctrl-C. A lost connection is mended and misses nothing. */
export function eventsCommand(): Command {
  return new Command('events')
    .description('what happens at the doors, a line each, until Ctrl-C')
    .option('--door <id>', 'only at this door')
    .option('--type <types>', 'only these, by commas: access.granted,alarm.not-live')
    .option(
      '--since <time>',
      'begin with what happened since: ISO 8601, or milliseconds since 1970',
    )
    .option('--json', 'each event as it is, a CloudEvent a line')
    .action(async (options: EventsOptions) => {
      const stop = new AbortController();
      for (const signal of ['SIGINT', 'SIGTERM'] as const) {
        process.once(signal, () => stop.abort());
      }
      // Whoever reads us has gone, such as `head`.
      process.stdout.once('error', () => stop.abort());
      await tail(await gatewayAccess(), options, stop.signal);
    });
}

/** Follows the events until told to stop. @throws GatewayError that trying again would not mend. */
async function tail(access: GatewayAccess, options: EventsOptions, stop: AbortSignal) {
  let lastId: string | undefined;
  let wasThere = false;
  while (!stop.aborted) {
    try {
      await follow(access, { options, lastId, stop }, (id) => {
        wasThere = true;
        if (id) lastId = id;
      });
    } catch (error) {
      if (stop.aborted) return;
      // What never worked is a wrong address or token; what did is away for a while.
      if (error instanceof GatewayError && !(error.passing && wasThere)) throw error;
      process.stderr.write('latchkey: lost the gateway; trying again\n');
    }
    await delay(RETRY_MS, undefined, { signal: stop }).catch(() => undefined);
  }
}

/** Reads one connection to its end. @param heard called with '' once it is there, then with each event's id */
async function follow(
  access: GatewayAccess,
  facts: {
    readonly options: EventsOptions;
    readonly lastId: string | undefined;
    readonly stop: AbortSignal;
  },
  heard: (id: string) => void,
): Promise<void> {
  const { options, lastId, stop } = facts;
  const silence = new AbortController();
  const response = await askGateway(access, `/events/live?${queryOf(options)}`, {
    headers: lastId === undefined ? {} : { 'last-event-id': lastId },
    signal: AbortSignal.any([stop, silence.signal]),
  });
  heard('');
  const timer = setTimeout(() => silence.abort(), SILENCE_MS);
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of response.body ?? []) {
      timer.refresh();
      const { messages, rest } = takeMessages(text + decoder.decode(chunk, { stream: true }));
      text = rest;
      for (const { id, event, data } of messages) {
        // The gateway cut us because we were slow; the next connection goes on from here.
        if (event === 'cut') return;
        if (data) process.stdout.write(`${options.json ? data : eventLine(parseEnvelope(data))}\n`);
        heard(id);
      }
    }
  } finally {
    clearTimeout(timer);
  }
}

function queryOf({ door, type, since }: EventsOptions): string {
  const given = Object.entries({ door, type, since }).filter(([, value]) => value !== undefined);
  return new URLSearchParams(given as [string, string][]).toString();
}

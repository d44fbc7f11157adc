import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, pino } from 'pino';
import { redact } from './redact.pure.js';

export type { Logger } from 'pino';

/** Who logs, and from which level on. */
export interface LoggerFacts {
  readonly service: string;
  readonly instance: string;
  readonly level?: string;
  /** Where the lines go; without it, standard output, made readable where that is a terminal or LK_LOG_PRETTY is 1. */
  readonly destination?: DestinationStream;
}

/** A structured logger that redacts at any depth. Every line says service and instance; children add `correlationId`. */
export function createLogger(facts: LoggerFacts): Logger {
  const destination = facts.destination ?? (isPretty() ? prettyOutput : pino.destination(1));
  return pino(
    {
      level: facts.level ?? 'info',
      base: { service: facts.service, instance: facts.instance },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        // Bounds what is written: depth, length, cycles, bytes.
        log: (fields) => redact(fields) as Record<string, unknown>,
      },
      // `log` above has turned errors into plain objects already.
      serializers: { err: (error: unknown) => error },
    },
    redacting(destination),
  );
}

/** Nest's own lines, as ours: its chatter at start-up is of no use to an operator, so it goes to debug. */
export function nestLogger(log: Logger): LoggerService {
  const write =
    (level: 'debug' | 'warn' | 'error') =>
    (message: unknown, ...rest: unknown[]) => {
      const context = rest.findLast((item) => typeof item === 'string');
      if (message instanceof Error) log[level]({ context, err: message }, message.message);
      else log[level]({ context }, typeof message === 'string' ? message : JSON.stringify(message));
    };
  const debug = write('debug');
  return { log: debug, debug, verbose: debug, warn: write('warn'), error: write('error') };
}

/** The last step before a line leaves: whatever way something came into it (fields, bindings, text), it passes here. */
function redacting(destination: DestinationStream): DestinationStream {
  return {
    write: (line) => destination.write(`${JSON.stringify(redact(JSON.parse(line)))}\n`),
  };
}

function isPretty(): boolean {
  return process.env['LK_LOG_PRETTY'] === '1' || process.stdout.isTTY;
}

const prettyOutput: DestinationStream = {
  write: (json) => {
    const { time, level, service, instance, msg, ...rest } = JSON.parse(json) as Record<
      string,
      unknown
    >;
    const fields = Object.entries(rest)
      .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
      .join(' ');
    const clock = String(time).slice(11, 23);
    const name = String(instance).startsWith(String(service)) ? instance : service;
    process.stdout.write(
      `${clock} ${String(level).toUpperCase().padEnd(5)} ${String(name)}: ${String(msg)} ${fields}\n`,
    );
  },
};

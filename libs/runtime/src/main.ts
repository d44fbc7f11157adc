import { ConfigError } from './config.js';
import { Failure } from './failure.js';
import { redactText } from './redact.pure.js';

/** What `runMain` needs of a service. */
export interface Closable {
  readonly log: { readonly error: (fields: object, message: string) => void };
  close(): Promise<void>;
}

/** sysexits.h: EX_CONFIG. A supervisor must not start such a process again. */
const EXIT_CONFIG = 78;
const EXIT_FAULT = 1;
/** Longer than any orderly end; shorter than the supervisor's patience would be of no use. */
const CLOSE_MS = 15_000;

/**
 * Runs a process: creates the service, then closes it on SIGTERM, SIGINT or, with LK_SUPERVISED=1, when the supervisor's
 * channel ends. Exit 0 after an orderly end, 78 for wrong settings, 1 for anything else.
 */
export function runMain(create: () => Closable | Promise<Closable>): void {
  // Settings are read in there, too: what is thrown at once must end as a rejection does.
  const created = (async () => await create())();
  let ending = false;
  const end = (exitCode: number): void => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(EXIT_FAULT), CLOSE_MS).unref();
    created
      .then((service) => service.close())
      .then(
        () => process.exit(exitCode),
        () => process.exit(EXIT_FAULT),
      );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => end(0));
  if (process.env['LK_SUPERVISED'] === '1') endWithSupervisor(() => end(0));
  const fault = (thrown: unknown): void => {
    void logFault(created, thrown);
    end(EXIT_FAULT);
  };
  process.on('uncaughtException', fault);
  process.on('unhandledRejection', fault);
  created.catch((error: unknown) => {
    process.stderr.write(`${describe(error)}\n`);
    process.exit(error instanceof ConfigError ? EXIT_CONFIG : EXIT_FAULT);
  });
}

/** A supervisor that is killed cannot tell its children: they hear it by the end of the channel, or of standard input. */
function endWithSupervisor(end: () => void): void {
  if (process.channel) process.on('disconnect', end);
  else process.stdin.on('end', end).on('error', end).resume();
}

async function logFault(created: Promise<Closable>, thrown: unknown): Promise<void> {
  const service = await created.catch(() => undefined);
  service?.log.error({ err: thrown, errorCode: 'LK-INT-001' }, 'an unexpected fault');
}

function describe(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (error instanceof Failure) return `${error.code} ${redactText(error.message)}`;
  return error instanceof Error ? redactText(error.stack ?? error.message) : String(error);
}

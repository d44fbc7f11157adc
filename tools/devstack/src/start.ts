import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError } from '@latchkey/runtime/config';
import { DevstackError } from './devstack-error.js';
import { type Stack, startStack } from './stack.js';
import { settingsFrom } from './start-settings.js';
import { stopSignal } from './stop-signal.js';
import { welcome } from './welcome.pure.js';

const checkout = fileURLToPath(new URL('../../../', import.meta.url));

/** sysexits.h: EX_CONFIG. */
const badSettingsExit = 78;

async function factsOf(stack: Stack, dataDir: string) {
  const { gatewayUrl, kioskUrl, kioskPages, mail, broker, operatorToken, supervisor } = stack;
  const health = supervisor.children().map(({ name, healthUrl }) => ({ name, url: healthUrl }));
  return {
    gatewayUrl,
    kioskUrl,
    kioskPages,
    brokerUrl: broker.url,
    operatorToken,
    firstAdminLink: await stack.firstAdminLink(),
    health,
    dataDir,
    inboxUrl: mail?.inboxUrl,
  };
}

/** Where `latchkey` on this machine looks for the token; who can read it can read the keys beside it as well. */
async function keepOperatorToken(dataDir: string, token: string): Promise<void> {
  await writeFile(join(dataDir, 'operator.token'), `${token}\n`, { mode: 0o600 });
}

async function start(stop: AbortSignal): Promise<void> {
  const { dataDir, env } = settingsFrom(process.env, checkout);
  const stack = await startStack({
    dataDir,
    env,
    wantedPorts: {
      gateway: 8080,
      kiosk: 8081,
      kioskTls: 8443,
      inbox: 8025,
      broker: 4222,
      firstHealth: 9400,
    },
    log: (line) => console.log(line),
    coloured: process.stdout.isTTY,
    signal: stop,
  });
  try {
    if (stack.operatorToken !== undefined) await keepOperatorToken(dataDir, stack.operatorToken);
    console.log(welcome(await factsOf(stack, dataDir)));
    const stopped = new Promise<void>((resolve) => {
      if (stop.aborted) resolve();
      stop.addEventListener('abort', () => resolve());
    });
    await Promise.race([stopped, stack.supervisor.hopeless]);
  } finally {
    console.log('Stopping…');
    await stack.close();
  }
}

const stop = stopSignal();
try {
  await start(stop);
  console.log('Latchkey has stopped.');
} catch (error) {
  if (!stop.aborted) {
    const isSaid = error instanceof DevstackError || error instanceof ConfigError;
    console.error(isSaid ? error.message : error);
    process.exitCode = error instanceof ConfigError ? badSettingsExit : 1;
  }
}
process.exit(); // the channel to the boot would keep this process alive

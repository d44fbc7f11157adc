import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { RegistryServiceService } from '@latchkey/contracts/grpc';
import { callUnary, connectGrpc, loadGrpcIdentity } from '@latchkey/runtime';

const ASK_MS = 5_000;
/** The gateway asks the registry every two seconds until it answers. */
const WAIT_MS = 10_000;
const LOOK_MS = 100;

/** Where the gateway writes the one-time link that makes the first administrator. */
export function firstAdminLinkFile(dataDir: string): string {
  return join(dataDir, 'first-admin.link');
}

/**
 * The link that this start made, while there is no operator.
 * @returns undefined where there is one
 * @throws Error where the gateway has written no link within ten seconds
 */
export async function firstAdminLink(
  file: string,
  registry: { readonly address: string; readonly keysDir: string },
): Promise<string | undefined> {
  if (await hasOperators(registry)) return undefined;
  const deadline = performance.now() + WAIT_MS;
  while (performance.now() < deadline) {
    const link = await readFile(file, 'utf8').catch(() => '');
    if (link.endsWith('\n')) return link.trim();
    await delay(LOOK_MS);
  }
  throw new Error(`The gateway has written no link to ${file}; see what it says above.`);
}

async function hasOperators(registry: { address: string; keysDir: string }): Promise<boolean> {
  // The link is the gateway's, and so is the question whether it is still good.
  const identity = loadGrpcIdentity(registry.keysDir, 'gateway');
  const client = connectGrpc({ address: registry.address, identity, callee: 'registry' });
  try {
    const facts = { correlationId: 'first-admin-link', deadlineMs: ASK_MS };
    const asked = await callUnary(client, RegistryServiceService.listOperators, {}, facts);
    return asked.operators.length > 0;
  } finally {
    client.close();
  }
}

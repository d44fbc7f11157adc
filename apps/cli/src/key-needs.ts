import { ADMIN_IDENTITY, serviceHealth } from '@latchkey/contracts';
import { accessAs, type BrokerAddress } from '@latchkey/runtime';
import { connect } from '@nats-io/transport-node';

/** What a service says that it still needs of a key that was rotated. */
export interface KeyNeed {
  readonly key: string;
  readonly why: string;
}

/** Whoever must have answered, since only the registry knows what its database needs. */
const MUST_ANSWER = 'registry';

/**
 * Asks every running service which predecessors of rotated keys it still needs.
 * @throws Error where no registry answers: then nobody knows
 */
export async function keyNeeds(broker: BrokerAddress): Promise<KeyNeed[]> {
  const connection = await connect({
    ...accessAs(ADMIN_IDENTITY, broker),
    name: 'latchkey keys',
  });
  try {
    const { template, timeoutMs } = serviceHealth;
    const needs: KeyNeed[] = [];
    let hasAnswered = false;
    const options = { maxWait: timeoutMs, strategy: 'timer' } as const;
    for await (const message of await connection.requestMany(template, '', options)) {
      const said = serviceHealth.reply.parse(message.json());
      hasAnswered ||= said.service === MUST_ANSWER;
      needs.push(...(said.needs ?? []));
    }
    if (hasAnswered) return needs;
    throw new Error(
      'No registry answers, so nobody knows what still needs the key. Start it first.',
    );
  } finally {
    await connection.close();
  }
}

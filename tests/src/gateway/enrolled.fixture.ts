import { CONSENT_VERSION } from '@latchkey/contracts';
import { RegistryServiceService } from '@latchkey/contracts/grpc';
import { REGISTRY, type Registry } from '@latchkey/registry';
import { callUnary, connectGrpc, loadGrpcIdentity, loadPublicKey, seal } from '@latchkey/runtime';
import { templateOf } from '../registry/neighbour.js';
import type { FrontDesk } from './front-desk.fixture.js';

/**
 * Enrols somebody without a camera: the registration by REST, the samples as face would seal them. Who is listed already
 * is enrolled from there.
 * @param who the axis near which the face lies; each person has one of their own
 */
export async function enrolAt(
  desk: FrontDesk,
  person: Readonly<Record<string, unknown>> & { readonly id: string },
  who = 1,
): Promise<void> {
  const { id, ...given } = person;
  const facts = { consent: { version: CONSENT_VERSION }, ...given };
  if (person['name'] === undefined) await desk.ask('POST', `/people/${id}/draft`, facts);
  else await desk.ask('POST', '/people', { id, ...facts });
  const { port } = desk.registry.get<Registry>(REGISTRY).grpc;
  using opened = new DisposableStack();
  const identity = loadGrpcIdentity(desk.keysDir, 'gateway');
  const client = connectGrpc({ address: `127.0.0.1:${port}`, identity, callee: 'registry' });
  opened.defer(() => client.close());
  const key = await loadPublicKey(desk.keysDir, 'registry');
  for (let turn = 0; turn < 5; turn += 1) {
    const sealedTemplate = seal(key, JSON.stringify(templateOf(who, turn)));
    const sample = { person: id, sealedTemplate, by: 'test', resembles: [] };
    const call = { deadlineMs: 20_000, correlationId: 'test' };
    await callUnary(client, RegistryServiceService.addSample, sample, call);
  }
  const { status } = await desk.ask('POST', `/people/${id}/commit`);
  if (status !== 200) throw new Error(`${id} was not enrolled: ${status}`);
}

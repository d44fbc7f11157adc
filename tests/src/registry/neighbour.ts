import { randomUUID } from 'node:crypto';
import { CONSENT_VERSION, type shownCode } from '@latchkey/contracts';
import {
  type Person,
  type RegistryCaller,
  registryCallers,
  RegistryServiceService,
  type UseCodeReply,
} from '@latchkey/contracts/grpc';
import {
  callUnary,
  connectGrpc,
  type GrpcConnection,
  loadGrpcIdentity,
  loadPublicKey,
  seal,
} from '@latchkey/runtime';
import type { z } from 'zod';

type Methods = typeof RegistryServiceService;
type RequestOf<Name extends keyof Methods> = Parameters<Methods[Name]['requestSerialize']>[0];
type ReplyOf<Name extends keyof Methods> = ReturnType<Methods[Name]['responseDeserialize']>;
interface DraftFacts {
  readonly name?: string;
  readonly email?: string;
  readonly guard?: boolean;
  readonly groups?: string[];
  readonly language?: string;
  readonly consent?: string;
}

/** A unit vector of 512 numbers that points near to the axis `who`; `turn` makes samples of one person differ. */
export function templateOf(who: number, turn = 0): number[] {
  const vector = Array.from({ length: 512 }, (_, index) => 0.01 * Math.sin(index + turn));
  vector[who] = 1;
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** Calls a registry by gRPC, each method as one of gateway, auth and notify who may. */
export class Neighbour {
  readonly #address: string;
  readonly #connections = new Map<RegistryCaller, GrpcConnection>();
  readonly #keysDir: string;

  constructor(address: string, keysDir: string) {
    this.#address = address;
    this.#keysDir = keysDir;
  }

  call<Name extends keyof Methods>(name: Name, request: RequestOf<Name>): Promise<ReplyOf<Name>> {
    const method = RegistryServiceService[name] as unknown as Parameters<
      typeof callUnary<RequestOf<Name>, ReplyOf<Name>>
    >[1];
    const [caller = 'gateway'] = registryCallers[name];
    return callUnary(this.#as(caller), method, request as never, {
      deadlineMs: 60_000,
      correlationId: randomUUID(),
    });
  }

  createDraft(person: string, facts: DraftFacts = {}): Promise<Person> {
    return this.call('createDraft', {
      person,
      name: `Name of ${person}`,
      email: `${person.toLowerCase()}@campus.example`,
      by: 'test',
      guard: false,
      groups: [],
      language: '',
      consent: CONSENT_VERSION,
      ...facts,
    });
  }

  async addSample(
    person: string,
    vector: readonly number[],
    resembles: { person: string; score: number }[] = [],
  ) {
    const sealedTemplate = await this.#seal(vector);
    return this.call('addSample', { person, sealedTemplate, by: 'test', resembles });
  }

  /** Registers a person whose face is the axis `who`. */
  async enrol(person: string, who: number, facts: DraftFacts = {}): Promise<Person> {
    await this.createDraft(person, facts);
    for (let turn = 0; turn < 5; turn += 1) await this.addSample(person, templateOf(who, turn));
    return this.call('commitDraft', { person, by: 'test' });
  }

  /** Shows a code at a door, as auth asks it; what qr sealed may be of another door. */
  async showCode(
    text: string,
    candidates: string[],
    facts: Partial<RequestOf<'useCode'>> & { sealedDoor?: string } = {},
  ): Promise<UseCodeReply> {
    const { attempt = randomUUID(), door = 'library-north', sealedDoor = door } = facts;
    const frame = randomUUID();
    const { capturedAt = Date.now() } = facts;
    const shown: z.infer<typeof shownCode> = { text, door: sealedDoor, frame, capturedAt };
    const { notAfter = capturedAt + 60_000, waitsSince = 0 } = facts;
    const sealed = await this.#seal(shown);
    const asked = { attempt, door, candidates, sealed, frame, capturedAt, notAfter, waitsSince };
    return this.call('useCode', asked);
  }

  /** A stranger whose face is near the axis `who` was seen; `turn`: in another picture. */
  async sight(
    visitor: string,
    who: number,
    facts: { door?: string; at?: number; turn?: number } = {},
  ): Promise<boolean> {
    const { door = 'library-north', at = Date.now(), turn = 0 } = facts;
    const sealedTemplate = await this.#seal(templateOf(who, turn));
    const sighting = { visitor, door, at, evidence: `${door}.1`, sealedTemplate };
    return (await this.call('noteSighting', sighting)).kept;
  }

  /** A page of who did what, the newest first. */
  audit(asked: Partial<RequestOf<'listAudit'>> = {}): Promise<ReplyOf<'listAudit'>> {
    const all = { since: 0, until: 0, by: '', action: '', person: '', door: '' };
    return this.call('listAudit', { ...all, pageSize: 0, pageToken: '', ...asked });
  }

  close(): void {
    for (const connection of this.#connections.values()) connection.close();
  }

  #as(caller: RegistryCaller): GrpcConnection {
    const known = this.#connections.get(caller);
    if (known) return known;
    const identity = loadGrpcIdentity(this.#keysDir, caller);
    const made = connectGrpc({ address: this.#address, identity, callee: 'registry' });
    this.#connections.set(caller, made);
    return made;
  }

  async #seal(content: unknown): Promise<string> {
    return seal(await loadPublicKey(this.#keysDir, 'registry'), JSON.stringify(content));
  }
}

import type { Audience } from '@latchkey/contracts';
import { type Contact, RegistryServiceService as methods } from '@latchkey/contracts/grpc';
import {
  callUnary,
  connectGrpc,
  Failure,
  type GrpcConnection,
  loadGrpcIdentity,
  toFailure,
} from '@latchkey/runtime';
import type { OnApplicationShutdown } from '@nestjs/common';

const DEADLINE_MS = 5_000;
const PAGE_SIZE = 200;
/** For the registry's audit. */
const CALLER = 'notify';

/** Who is to hear of something. */
export interface RecipientQuery {
  readonly audience: Exclude<Audience, 'nobody'>;
  readonly group: string;
  /** Whom it is about, and who is told apart from the others; empty: nobody. */
  readonly except: string;
  /** Only those enrolled before; 0: all. */
  readonly enrolledBeforeMs: number;
}

/** What notify asks of the registry, by gRPC. */
export class RegistryClient implements OnApplicationShutdown {
  readonly #connection: GrpcConnection;

  /**
   * @param address `host:port`; nothing is dialled until the first question
   * @param keysDir where notify's certificate lies
   */
  constructor(address: string, keysDir: string) {
    const identity = loadGrpcIdentity(keysDir, 'notify');
    this.#connection = connectGrpc({ address, identity, callee: 'registry' });
  }

  /** How to address a person. @throws Failure LK-PER-006, benign, of someone who was forgotten meanwhile. */
  async contactOf(person: string, correlationId: string): Promise<Contact> {
    try {
      const request = { person, by: CALLER };
      return await callUnary(this.#connection, methods.getContact, request, {
        deadlineMs: DEADLINE_MS,
        correlationId,
      });
    } catch (error) {
      const failure = toFailure(error);
      if (failure.code !== 'LK-PER-006') throw failure;
      throw Failure.benign('LK-PER-006', 'The person was forgotten meanwhile; nobody is mailed.');
    }
  }

  /** The ids of those who are to hear, page by page. */
  async *recipients(query: RecipientQuery, correlationId: string): AsyncGenerator<string[]> {
    let pageToken = '';
    do {
      const request = {
        audience: query.audience,
        group: query.group,
        except: query.except,
        enrolledBefore: query.enrolledBeforeMs,
        pageSize: PAGE_SIZE,
        pageToken,
      };
      const facts = { deadlineMs: DEADLINE_MS, correlationId };
      const page = await callUnary(this.#connection, methods.listRecipients, request, facts);
      // Whatever the registry answers, nobody gets the others' mail about themselves.
      yield page.people.filter((person) => person !== query.except);
      pageToken = page.nextPageToken;
    } while (pageToken);
  }

  onApplicationShutdown(): void {
    this.#connection.close();
  }
}

import { type Contact, registryCallers, RegistryServiceService } from '@latchkey/contracts/grpc';
import { createLogger, Failure, loadGrpcIdentity, serveGrpc } from '@latchkey/runtime';

/** One whom the registry knows. */
export interface KnownPerson {
  readonly name: string;
  readonly email: string;
  readonly guard?: boolean;
  readonly groups?: readonly string[];
  readonly enrolledAtMs?: number;
}

/** The two questions that notify asks, answered over real gRPC from a map that a test changes at will. */
export interface SmallRegistry extends AsyncDisposable {
  readonly address: string;
  readonly people: Map<string, KnownPerson>;
  /** How many are named on a page, so that a test sees more than one. */
  pageSize: number;
}

const { listRecipients, getContact } = RegistryServiceService;

/** @param keysDir where the registry's certificate lies */
export async function startSmallRegistry(keysDir: string): Promise<SmallRegistry> {
  const people = new Map<string, KnownPerson>();
  const state = { pageSize: 2 };
  const log = createLogger({ service: 'registry', instance: 'small', level: 'silent' });
  const server = await serveGrpc({
    address: '127.0.0.1:0',
    identity: loadGrpcIdentity(keysDir, 'registry'),
    callers: registryCallers,
    service: { listRecipients, getContact },
    log,
    handlers: {
      getContact: ({ person }): Contact => {
        const known = people.get(person);
        if (!known) throw Failure.terminal('LK-PER-006');
        return { person, name: known.name, email: known.email, language: 'en' };
      },
      listRecipients: ({ audience, group, except, enrolledBefore, pageToken }) => {
        const wanted = [...people].filter(([person, known]) => {
          if (person === except) return false;
          if (enrolledBefore > 0 && (known.enrolledAtMs ?? 0) >= enrolledBefore) return false;
          if (audience === 'guards') return known.guard === true;
          return audience === 'everyone' || (known.groups ?? []).includes(group);
        });
        const start = Number(pageToken || 0);
        const end = start + state.pageSize;
        return {
          people: wanted.slice(start, end).map(([person]) => person),
          nextPageToken: end < wanted.length ? String(end) : '',
        };
      },
    },
  });
  return {
    address: `127.0.0.1:${server.port}`,
    people,
    get pageSize() {
      return state.pageSize;
    },
    set pageSize(size: number) {
      state.pageSize = size;
    },
    [Symbol.asyncDispose]: () => server.close(),
  };
}

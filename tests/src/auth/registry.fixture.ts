import {
  type ReissueCodeRequest,
  registryCallers,
  RegistryServiceService,
  type UseCodeReply,
  type UseCodeRequest,
} from '@latchkey/contracts/grpc';
import { createLogger, Failure, loadGrpcIdentity, serveGrpc } from '@latchkey/runtime';

/** The three questions that auth asks, answered over real gRPC as a test wishes. */
export interface SmallRegistry extends AsyncDisposable {
  readonly address: string;
  /** Names by person. */
  readonly names: Map<string, string>;
  readonly asked: UseCodeRequest[];
  readonly reissued: ReissueCodeRequest[];
  /** How a code is answered; at first, every code is the first candidate's. */
  answer: (request: UseCodeRequest) => UseCodeReply | Promise<UseCodeReply>;
  reissue: () => void;
}

export function reply(outcome: string, facts: Partial<UseCodeReply> = {}): UseCodeReply {
  const counts = { wrongCount: 0, remaining: 0 };
  const blank = { person: '', ...counts, lockedUntil: 0, notBefore: 0, used: false, duress: false };
  return { outcome, ...blank, ...facts };
}

/** Whatever was thrown away by the way: no answer. */
export function noAnswer(): never {
  throw Failure.retryable('LK-BUS-003');
}

/** @param keysDir where the registry's certificate lies */
export async function startSmallRegistry(keysDir: string): Promise<SmallRegistry> {
  const { useCode, reissueCode, getContact } = RegistryServiceService;
  const names = new Map<string, string>();
  const asked: UseCodeRequest[] = [];
  const reissued: ReissueCodeRequest[] = [];
  const log = createLogger({ service: 'registry', instance: 'small', level: 'silent' });
  const wishes: Pick<SmallRegistry, 'answer' | 'reissue'> = {
    answer: ({ candidates }) => reply('granted', { person: candidates[0] ?? '' }),
    reissue: () => undefined,
  };
  const server = await serveGrpc({
    address: '127.0.0.1:0',
    identity: loadGrpcIdentity(keysDir, 'registry'),
    callers: registryCallers,
    service: { useCode, reissueCode, getContact },
    log,
    handlers: {
      useCode: (request) => {
        asked.push(request);
        return wishes.answer(request);
      },
      reissueCode: (request) => {
        wishes.reissue();
        reissued.push(request);
        return {};
      },
      getContact: ({ person }) => {
        const name = names.get(person);
        if (name === undefined) throw Failure.terminal('LK-PER-006');
        return { person, name, email: `${person}@campus.example`, language: 'es' };
      },
    },
  });
  return Object.assign(wishes, {
    address: `127.0.0.1:${server.port}`,
    names,
    asked,
    reissued,
    [Symbol.asyncDispose]: () => server.close(),
  });
}

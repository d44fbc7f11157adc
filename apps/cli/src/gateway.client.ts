import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** Where the gateway is and how it knows us. */
export interface GatewayAccess {
  readonly url: string;
  readonly token: string;
}

/** What the gateway said no to, as it says it. */
const problem = z.object({
  code: z.string(),
  title: z.string(),
  detail: z.string(),
  action: z.string(),
});

/** The gateway refused, or nobody answered. The message says what to do. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  /** The same again may succeed: the connection or a service behind it is away. */
  readonly passing: boolean;

  constructor(message: string, passing: boolean, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.passing = passing;
  }
}

const DEFAULT_URL = 'http://127.0.0.1:8080';
const DEFAULT_TOKEN_FILE = 'var/operator.token';

/**
 * The gateway's address from LATCHKEY_URL, and the operator's token from LATCHKEY_TOKEN or from the file that
 * LATCHKEY_TOKEN_FILE names (else `var/operator.token`). The token is no option: a command line is seen by all.
 * @throws GatewayError where there is no token.
 */
export async function gatewayAccess(env: NodeJS.ProcessEnv = process.env): Promise<GatewayAccess> {
  const url = (env['LATCHKEY_URL'] || DEFAULT_URL).replace(/\/+$/, '');
  const file = env['LATCHKEY_TOKEN_FILE'] || DEFAULT_TOKEN_FILE;
  const token = env['LATCHKEY_TOKEN'] || (await readFile(file, 'utf8').catch(() => '')).trim();
  if (token) return { url, token };
  throw new GatewayError(
    `There is no operator token. Set LATCHKEY_TOKEN to the one that was printed at the first start, or LATCHKEY_TOKEN_FILE to a file that holds it (${file} could not be read).`,
    false,
  );
}

/**
 * Asks the gateway for a page under `/api/v1`.
 * @throws GatewayError with the gateway's own code and advice, or that says that nobody answers.
 */
export async function askGateway(
  access: GatewayAccess,
  path: string,
  init: {
    readonly method?: 'GET' | 'POST' | 'DELETE';
    readonly headers?: Readonly<Record<string, string>>;
    readonly signal?: AbortSignal;
  } = {},
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(`${access.url}/api/v1${path}`, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${access.token}` },
    });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new GatewayError(
      `Nobody answers at ${access.url}. Start Latchkey (npm start), or set LATCHKEY_URL to where its gateway is.`,
      true,
      cause,
    );
  }
  if (response.ok) return response;
  throw await refusalOf(response, access);
}

async function refusalOf(response: Response, { url }: GatewayAccess): Promise<GatewayError> {
  const body = problem.safeParse(await response.json().catch(() => null));
  const passing = response.status >= 500 || response.status === 429;
  if (!body.success) {
    return new GatewayError(
      `${url} answered ${response.status}, but not as Latchkey's gateway does. Set LATCHKEY_URL to where that is.`,
      false,
    );
  }
  const { code, title, detail, action } = body.data;
  const more = detail === title || detail.includes(title) ? '' : ` ${detail}`;
  return new GatewayError(`${code} ${title}${more} ${action}`, passing);
}

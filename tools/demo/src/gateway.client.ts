import { CONSENT_VERSION } from '@latchkey/contracts';

/** What the gateway refused, with its stable code. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
  ) {
    super(`${status} ${code}: ${detail}`);
  }
}

/** A person as the gateway answers. */
export interface PersonAnswer {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly state: string;
}

/** An operator's side of the gateway's REST interface. */
export class GatewayClient {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /**
   * One call.
   * @throws Refusal where the gateway answers with a problem.
   */
  async call<Answer = unknown>(
    method: string,
    path: string,
    body?: object | Buffer,
  ): Promise<Answer> {
    const picture = Buffer.isBuffer(body);
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body ? { 'content-type': picture ? 'image/jpeg' : 'application/json' } : {}),
      },
      ...(body ? { body: picture ? new Uint8Array(body) : JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    const json: unknown = text ? JSON.parse(text) : null;
    if (!response.ok) {
      const problem = json as { code?: string; detail?: string } | null;
      throw new Refusal(response.status, problem?.code ?? 'none', problem?.detail ?? text);
    }
    return json as Answer;
  }

  /** A picture, such as a photograph of the evidence. */
  async picture(path: string): Promise<Buffer> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      headers: { authorization: `Bearer ${this.token}` },
      signal: AbortSignal.timeout(30_000),
    });
    if (!response.ok) throw new Refusal(response.status, 'none', await response.text());
    return Buffer.from(await response.arrayBuffer());
  }

  /** Adds a door; its kiosk token is shown this once. */
  async createDoor(id: string, settings: object): Promise<string> {
    const answer = await this.call<{ kioskToken: string }>('POST', '/doors', { id, ...settings });
    return answer.kioskToken;
  }

  /** A whole registration: draft, samples, commit. */
  async register(
    person: { id: string; name: string; email: string; guard?: boolean; language?: string },
    samples: readonly Buffer[],
  ): Promise<PersonAnswer> {
    const path = `/people/${person.id}`;
    const consent = { version: CONSENT_VERSION };
    await this.call('POST', '/people', { ...person, consent });
    for (const sample of samples) await this.call('POST', `${path}/samples`, sample);
    return this.call<PersonAnswer>('POST', `${path}/commit`);
  }
}

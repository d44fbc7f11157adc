import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type ErrorCode,
  errorCodes,
  type KioskPaired,
  type KioskPairing,
  kioskPair,
  kioskPairing,
} from '@latchkey/contracts';
import {
  type Bus,
  Failure,
  isErrorCode,
  type Logger,
  request as ask,
  seal,
  toFailure,
  type Held,
} from '@latchkey/runtime';
import type { FailedTries } from './failed-tries.js';

const BODY_MAX_BYTES = 1_024;
/** Pairings on their way, those that are held back after a wrong code among them: who types has one. */
const MAX_PER_ADDRESS = 2;
const MAX_IN_ALL = 64;

/** What a pairing works with. */
export interface PairingFacts {
  readonly bus: Bus;
  readonly log: Logger;
  /** The registry's public curve key. */
  readonly registryKey: Held<string>;
  readonly tries: FailedTries;
}

/**
 * `POST /kiosk/pair` with `{code, tokenDigest}`: asks the registry, sealed for it alone, and answers `{door, name}`, or
 * `{code, message}` with the error's HTTP status. Answers to wrong codes are held back longer and longer.
 */
export class KioskPairer {
  readonly #facts: PairingFacts;
  /** The addresses whose pairings are on their way. */
  readonly #busy: string[] = [];

  constructor(facts: PairingFacts) {
    this.#facts = facts;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = request.socket.remoteAddress ?? 'unknown';
    response.setHeader('cache-control', 'no-store');
    if (this.#isCrowded(address)) return refuse(response, 'LK-KSK-006');
    this.#busy.push(address);
    try {
      const paired = await this.#ask(await readPairing(request));
      if (paired.ok) return sendJson(response, 200, { door: paired.door, name: paired.name });
      await this.#holdBack(address);
      refuse(response, isErrorCode(paired.code) ? paired.code : 'LK-INT-001', paired.message);
    } catch (error) {
      const { code, message } = toFailure(error);
      refuse(response, code, message);
    } finally {
      this.#busy.splice(this.#busy.indexOf(address), 1);
    }
  }

  #isCrowded(address: string): boolean {
    const here = this.#busy.filter((other) => other === address).length;
    return here >= MAX_PER_ADDRESS || this.#busy.length >= MAX_IN_ALL;
  }

  async #ask(pairing: KioskPairing): Promise<KioskPaired> {
    const { bus, registryKey } = this.#facts;
    if (!bus.isConnected()) throw Failure.retryable('LK-BUS-001');
    return ask(bus, kioskPair, seal(registryKey, JSON.stringify(pairing)));
  }

  async #holdBack(address: string): Promise<void> {
    const waitMs = this.#facts.tries.note(address, performance.now());
    this.#facts.log.warn({ address, waitMs }, 'a pairing code was refused');
    await delay(waitMs);
  }
}

/** @throws Failure LK-REQ-001 or LK-REQ-002; what was sent is not quoted: it holds the code */
async function readPairing(request: IncomingMessage): Promise<KioskPairing> {
  const isJson = /^application\/json\b/i.test(request.headers['content-type'] ?? '');
  if (!isJson) throw Failure.terminal('LK-REQ-001', 'expected JSON, as application/json');
  const parts: Buffer[] = [];
  let sizeBytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    sizeBytes += part.length;
    if (sizeBytes > BODY_MAX_BYTES) {
      throw Failure.terminal('LK-REQ-002', `expected at most ${BODY_MAX_BYTES} bytes`);
    }
    parts.push(part);
  }
  try {
    return kioskPairing.parse(JSON.parse(Buffer.concat(parts).toString('utf8')));
  } catch {
    throw Failure.terminal('LK-REQ-001', 'expected {"code": "…", "tokenDigest": "…"}');
  }
}

function refuse(
  response: ServerResponse,
  code: ErrorCode,
  message: string = errorCodes[code].title,
): void {
  sendJson(response, errorCodes[code].http, { code, message });
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

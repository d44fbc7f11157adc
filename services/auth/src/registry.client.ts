import { type Language, language } from '@latchkey/contracts';
import { RegistryServiceService as methods, type UseCodeReply } from '@latchkey/contracts/grpc';
import {
  callUnary,
  connectGrpc,
  type GrpcConnection,
  type Logger,
  loadGrpcIdentity,
  toFailure,
} from '@latchkey/runtime';
import type { OnModuleDestroy } from '@nestjs/common';
import { z } from 'zod';
import type { CodeAnswer, EffectOf, InputOf } from './saga/saga.types.js';

/** The longest that one question waits; a code's question never waits beyond `notAfter`. */
const DEADLINE_MS = 1_000;
/** A name is only for greeting: it may not hold up the door. */
const NAME_DEADLINE_MS = 400;
const NAME_KEPT_MS = 60_000;
const NAMES_KEPT = 1_000;
/** For the registry's audit. */
const CALLER = 'auth';
/** The registry's answer to one who asked for a new code a short while ago. */
const TOO_OFTEN = 'LK-COD-001';

const outcome = z.enum([
  'granted',
  'wrong',
  'mismatch',
  'suspended',
  'locked',
  'expired',
  'too-late',
  'wait',
]) satisfies z.ZodType<CodeAnswer['outcome']>;

/** How to address a person. */
export interface Greeting {
  readonly name: string;
  readonly language: Language | null;
}

/** What auth asks of the registry, by gRPC. */
export class RegistryClient implements OnModuleDestroy {
  readonly #connection: GrpcConnection;
  readonly #log: Logger;
  readonly #known = new Map<string, Greeting & { readonly until: number }>();

  /**
   * @param facts.address `host:port`; nothing is dialled until the first question
   * @param facts.keysDir where auth's certificate lies
   */
  constructor({ address, keysDir }: { address: string; keysDir: string }, log: Logger) {
    const identity = loadGrpcIdentity(keysDir, 'auth');
    this.#connection = connectGrpc({ address, identity, callee: 'registry' });
    this.#log = log;
  }

  /** Asks to use a code up before `notAfter`. @returns null where no answer came: ask the same again. */
  async useCode(
    effect: EffectOf<'use-code'>,
    door: string,
    nowMs: number,
  ): Promise<CodeAnswer | null> {
    const { do: _, ...question } = effect;
    const leftMs = effect.notAfter - nowMs;
    try {
      const reply = await callUnary(
        this.#connection,
        methods.useCode,
        { ...question, door },
        // After `notAfter` the question is only whether the code was used up in time.
        {
          deadlineMs: leftMs > 0 ? Math.min(DEADLINE_MS, leftMs) : DEADLINE_MS,
          correlationId: effect.attempt,
        },
      );
      return answerOf(reply);
    } catch (err) {
      this.#log.warn({ err, correlationId: effect.attempt }, 'no answer about a code');
      return null;
    }
  }

  /** Asks for a new code for the person at the door. */
  async sendNewCode(
    effect: EffectOf<'send-new-code'>,
  ): Promise<InputOf<'new-code-answered'>['outcome']> {
    const { person, attempt: correlationId } = effect;
    try {
      const request = { person, reason: 'requested', by: CALLER };
      const facts = { deadlineMs: DEADLINE_MS, correlationId };
      await callUnary(this.#connection, methods.reissueCode, request, facts);
      return 'sent';
    } catch (err) {
      if (toFailure(err).code === TOO_OFTEN) return 'too-often';
      this.#log.warn({ err, correlationId }, 'no new code');
      return 'failed';
    }
  }

  /** How to greet a person, and in which language; null where nobody can say. Kept for a minute. */
  async contactOf(person: string, correlationId: string): Promise<Greeting | null> {
    const known = this.#known.get(person);
    if (known && known.until > Date.now()) return known;
    try {
      const request = { person, by: CALLER };
      const facts = { deadlineMs: NAME_DEADLINE_MS, correlationId };
      const contact = await callUnary(this.#connection, methods.getContact, request, facts);
      const greeting = {
        name: contact.name,
        language: language.safeParse(contact.language).data ?? null,
      };
      if (this.#known.size >= NAMES_KEPT) this.#known.clear();
      this.#known.set(person, { ...greeting, until: Date.now() + NAME_KEPT_MS });
      return greeting;
    } catch (err) {
      this.#log.debug({ err, correlationId }, 'no name to greet with');
      return null;
    }
  }

  onModuleDestroy(): void {
    this.#connection.close();
  }
}

function answerOf(reply: UseCodeReply): CodeAnswer {
  const { wrongCount, remaining, used, duress } = reply;
  return {
    outcome: outcome.parse(reply.outcome),
    person: reply.person || null,
    wrongCount,
    remaining,
    lockedUntil: Math.round(reply.lockedUntil) || null,
    used,
    duress,
    notBefore: Math.ceil(reply.notBefore) || null,
  };
}

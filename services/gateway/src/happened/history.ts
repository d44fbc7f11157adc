import { join } from 'node:path';
import { setImmediate as letOthers } from 'node:timers/promises';
import { type Acknowledgement, streams } from '@latchkey/contracts';
import {
  BUS,
  type Bucket,
  type Bus,
  CONFIG,
  Failure,
  HEALTH,
  type Health,
  type Objects,
} from '@latchkey/runtime';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { GatewayConfig } from '../config.js';
import { eventStreams } from '../events/cursor.pure.js';
import { ACKNOWLEDGED, EVIDENCE } from '../tokens.js';
import { Acknowledgements } from './acknowledgements.js';
import { catchingUp, isLongCatchUp } from './catching-up.pure.js';
import { ReadModel } from './read-model.js';
import { StreamFollower } from './stream-follower.js';

const RETRY_MS = 2_000;
const PRUNE_EVERY_MS = 60 * 60 * 1_000;

/** What happened, kept in step with the streams while the gateway runs. */
@Injectable()
export class History implements OnModuleInit, OnModuleDestroy {
  readonly acknowledgements: Acknowledgements;
  readonly #bus: Bus;
  readonly #health: Health;
  readonly #model: ReadModel;
  readonly #followers: readonly StreamFollower[];
  #begunMs = 0;
  #running: Promise<unknown> = Promise.resolve();
  #watching: { stop(): void } | undefined;
  #pruning: NodeJS.Timeout | undefined;

  constructor(
    @Inject(BUS) bus: Bus,
    @Inject(CONFIG) config: GatewayConfig,
    @Inject(HEALTH) health: Health,
    @Inject(ACKNOWLEDGED) acknowledged: Bucket<Acknowledgement>,
    @Inject(EVIDENCE) evidence: Objects,
  ) {
    this.#bus = bus;
    this.#health = health;
    const model = openModel(join(config.LK_DATA_DIR, 'gateway.db'));
    this.#model = model;
    this.acknowledgements = new Acknowledgements(acknowledged, evidence, model);
    const forgotten = (person: string) => this.acknowledgements.forget(person);
    this.#followers = eventStreams.map(
      (stream) => new StreamFollower({ bus, model, stream, forgotten }),
    );
  }

  onModuleInit(): void {
    this.#begunMs = performance.now();
    this.#health.addCheck('history', () => this.#check());
    this.#running = Promise.all(this.#followers.map((follower) => follower.run()));
    this.#watching = this.acknowledgements.follow();
    const prune = () => {
      this.#prune().catch((err: unknown) => this.#bus.log.warn({ err }, 'old events stay'));
    };
    this.#pruning = setInterval(prune, PRUNE_EVERY_MS).unref();
    prune();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.#pruning);
    this.#watching?.stop();
    for (const follower of this.#followers) follower.stop();
    await this.#running;
    this.#model.close();
  }

  /**
   * The read model, once it holds all that the streams held when the gateway started: before, what it says is newest isn't.
   * @throws Failure LK-EVT-003, retryable, until then.
   */
  read(): ReadModel {
    const missing = this.#missing();
    if (missing === undefined) return this.#model;
    throw Failure.retryable('LK-EVT-003', `The history is not whole yet: ${missing}.`, {
      retryAfterMs: RETRY_MS,
    });
  }

  #missing(): string | undefined {
    const left = catchingUp(this.#progress());
    if (left === undefined && this.acknowledgements.isTold()) return undefined;
    return this.#fault() ?? left ?? 'who saw to alerts is not known yet';
  }

  /** Lists that need the history say for themselves that it is not whole; all else can be done meanwhile. */
  #check(): true | string {
    const isLong =
      this.#fault() === undefined &&
      this.acknowledgements.isTold() &&
      isLongCatchUp(this.#progress(), performance.now() - this.#begunMs);
    return isLong || (this.#missing() ?? true);
  }

  #fault(): string | undefined {
    return this.#followers.map((follower) => follower.fault()).find(Boolean);
  }

  #progress() {
    return this.#followers.map((follower) => follower.progress());
  }

  /** What the streams no longer keep, the model doesn't either: made anew, it would not have it. */
  async #prune(): Promise<void> {
    const keptMs = Math.max(...eventStreams.map((stream) => streams[stream].maxAgeMs));
    const beforeUs = (this.#bus.nowMs() - keptMs) * 1_000;
    while (this.#model.prune(beforeUs)) await letOthers();
  }
}

function openModel(path: string): ReadModel {
  try {
    return ReadModel.open(path);
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw Failure.terminal('LK-CFG-001', `${path} cannot be written (${said}). Mend LK_DATA_DIR.`, {
      cause,
    });
  }
}

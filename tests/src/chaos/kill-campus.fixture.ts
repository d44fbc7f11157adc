import { accessGranted, accessStarted, type CloudEvent, codeIssued } from '@latchkey/contracts';
import { asha, ben, Campus, codePictureOf, holdingUp } from '@latchkey/demo';
import type { CaughtMail, HeldAnswer } from '@latchkey/devstack';
import { probeFrames } from '@latchkey/vision/samples';
import { type Thing, things } from './kills.pure.js';
import { PersonAtDoor, type Visit } from './person-at-door.fixture.js';
import { eventually, Witness } from './witness.fixture.js';

const DOOR = 'library-north';
const OUTCOMES = ['granted', 'denied', 'expired', 'abandoned'];

/** An attempt as the ACCESS stream tells it; its outcomes should be one. */
interface Attempt {
  readonly id: string;
  readonly outcomes: readonly string[];
}

const attemptOf = (event: CloudEvent) => (event.data as { attempt: string }).attempt;
const personOf = (event: CloudEvent) => (event.data as { person: string | null }).person;
const kindOf = (event: CloudEvent) => event.type.split('.').at(-1) ?? '';

/** A campus whose services and broker are killed, with a door at which Asha enters, and Ben who hears of it. */
export class KillCampus {
  #brokerIsBack: Promise<void> = Promise.resolve();

  private constructor(
    private readonly campus: Campus,
    readonly door: PersonAtDoor,
    readonly witness: Witness,
  ) {}

  static async open(): Promise<KillCampus> {
    const campus = await Campus.start();
    const token = await campus.gateway.createDoor(DOOR, { name: 'Library north' });
    for (const person of [asha, ben]) await campus.register(person);
    const witness = await Witness.connect(campus.stack.broker.url, campus.stack.keysDir);
    return new KillCampus(campus, new PersonAtDoor(campus.stack.kioskUrl, DOOR, token), witness);
  }

  async close(): Promise<void> {
    this.door.close();
    await this.witness.close();
    await this.campus.close();
  }

  /** `kill -9`. Resolves when it is dead; it comes back by itself, as the supervisor sees to it. */
  async kill(thing: Thing): Promise<void> {
    const { broker, supervisor } = this.campus.stack;
    const names = things[thing];
    if (names !== 'broker') {
      await Promise.all(names.map((name) => supervisor.kill(name, 'SIGKILL')));
      return;
    }
    await broker.kill('SIGKILL');
    this.#brokerIsBack = broker.restart();
  }

  /** Halts the registry while `meanwhile` runs, so that its answer is surely not there yet. */
  async whileRegistryHalts(meanwhile: () => Promise<void>): Promise<void> {
    const pid = this.campus.stack.supervisor.children().find((c) => c.name === 'registry')?.pid;
    if (pid === undefined) throw new Error('the registry does not run');
    process.kill(pid, 'SIGSTOP');
    try {
      await meanwhile();
    } finally {
      // It may be the one that was killed.
      if (this.#runs(pid)) process.kill(pid, 'SIGCONT');
    }
  }

  /** Waits until every service is ready, every mail has come, and nobody stands at the door. */
  async isWhole(): Promise<void> {
    await this.#brokerIsBack;
    await eventually(() => this.#everyoneIsReady());
    await eventually(() => this.#allMailsCame());
    await this.door.sees('that it is idle', ({ phase }) => phase === 'idle');
  }

  /** What Asha has with her: her face, and the code from her newest mail. */
  async visit(): Promise<Visit> {
    // One that comes again is no newer for it.
    const newest = firstOfEach(this.#codeMails()).at(-1);
    if (!newest) throw new Error('Asha has no code');
    const face = await probeFrames(asha.face);
    return { face, withCode: await holdingUp(codePictureOf(newest), face) };
  }

  /** All attempts so far, in the order in which they began. */
  async #attempts(): Promise<readonly Attempt[]> {
    const told = await this.witness.stored('ACCESS');
    const ids = new Set(told.map(attemptOf));
    return [...ids].map((id) => ({
      id,
      outcomes: told.filter((e) => attemptOf(e) === id && OUTCOMES.includes(kindOf(e))).map(kindOf),
    }));
  }

  /** The attempts after the first `known`, once there is one and all have ended. */
  async #endedAttempts(known: number): Promise<readonly Attempt[]> {
    return eventually(async () => {
      const attempts = (await this.#attempts()).slice(known);
      if (attempts.length === 0) throw new Error(`no attempt has ${accessStarted.type}`);
      const open = attempts.filter(({ outcomes }) => outcomes.length === 0);
      if (open.length > 0) throw new Error(`without an end: ${open.map(({ id }) => id).join()}`);
      return attempts;
    });
  }

  /** How one visit to the door ended; what is not one outcome of one attempt is told as it is. */
  async outcomeOf(visit: () => Promise<void>): Promise<string> {
    const known = (await this.#attempts()).length;
    try {
      await visit();
      await this.#brokerIsBack;
      const attempts = await this.#endedAttempts(known);
      return attempts.map(({ outcomes }) => outcomes.join(' and ')).join(', then ');
    } finally {
      this.door.leave();
    }
  }

  /** What has gone wrong so far, in words: attempts with two outcomes, opens without a grant or twice, dead letters. */
  async faults(): Promise<readonly string[]> {
    const attempts = await this.#attempts();
    const granted = attempts.filter(({ outcomes }) => outcomes.includes('granted'));
    const { opened } = this.witness;
    const dead = await this.witness.stored('DEAD');
    return [
      ...attempts
        .filter(({ outcomes }) => outcomes.length !== 1)
        .map(({ id, outcomes }) => `the attempt ${id} ended ${outcomes.join(' and ') || 'not'}`),
      ...opened
        .filter((id, at) => opened.indexOf(id) !== at || !granted.some((one) => one.id === id))
        .map((id) => `the lock opened for ${id}, twice or without a grant`),
      ...dead.map(({ id, type }) => `the dead letter ${id}, ${type}`),
    ];
  }

  /** The mail server takes Asha's next code, and says so only when that is let go. */
  holdCodeMail(): HeldAnswer {
    return this.campus.mail.holdAnswer(isCodeMail);
  }

  /** Waits until a mail has come once more, under the same Message-ID. */
  async comesAgain(messageId: string): Promise<void> {
    await eventually(async () => {
      if (this.resent(new Set([messageId])) === 0) throw new Error(`${messageId} came once`);
    });
  }

  /** The Message-IDs of all code mails and news of entries so far. */
  mailed(): ReadonlySet<string> {
    return new Set(this.#mails().map(({ messageId }) => messageId));
  }

  /** How many of these mails came once more, under the Message-ID that they had before. */
  resent(messageIds: ReadonlySet<string>): number {
    return (
      this.#mails().filter(({ messageId }) => messageIds.has(messageId)).length - messageIds.size
    );
  }

  /** The mails that brought Asha a code, oldest first. */
  #codeMails(): readonly CaughtMail[] {
    return this.campus.mail.mails().filter(isCodeMail);
  }

  /** The mails by which Ben hears that Asha came in. */
  #entryMails(): readonly CaughtMail[] {
    return this.#mailsTo(ben.email).filter(({ subject }) => subject === `${asha.name} logged in`);
  }

  #mails(): readonly CaughtMail[] {
    return [...this.#codeMails(), ...this.#entryMails()];
  }

  #mailsTo(email: string): readonly CaughtMail[] {
    return this.campus.mail.mails().filter(({ to }) => to.includes(email));
  }

  #runs(pid: number): boolean {
    return this.campus.stack.supervisor.children().some((child) => child.pid === pid);
  }

  async #everyoneIsReady(): Promise<void> {
    for (const { name, healthUrl } of this.campus.stack.supervisor.children()) {
      const answer = await fetch(`${healthUrl}/readyz`, { signal: AbortSignal.timeout(2_000) });
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`${name} is not ready`);
    }
  }

  /** One for each code that was issued, and one for each entry: no less, no more but the same again. */
  async #allMailsCame(): Promise<void> {
    const issued = (await this.witness.stored('REGISTRY')).filter(
      (event) => event.type === codeIssued.type && personOf(event) === asha.id,
    );
    const granted = (await this.witness.stored('ACCESS')).filter(
      ({ type }) => type === accessGranted.type,
    );
    const [codes, entries] = [issued.length, granted.length];
    const came = [this.#codeMails(), this.#entryMails()].map((mails) => firstOfEach(mails).length);
    // Each entry used a code up, for which another is issued: the news of that may come later.
    if (codes <= entries || came[0] !== codes || came[1] !== entries) {
      throw new Error(
        `of ${codes} codes and ${entries} entries, ${came.join(' and ')} were mailed`,
      );
    }
  }
}

/** Whether a mail brings Asha a code. */
function isCodeMail({ to, attachments }: CaughtMail): boolean {
  const hasCode = attachments.some(({ contentType }) => contentType === 'image/png');
  return hasCode && to.includes(asha.email);
}

/** Each mail as it came first. */
function firstOfEach(mails: readonly CaughtMail[]): readonly CaughtMail[] {
  return mails.filter(
    ({ messageId }, at) => mails.findIndex((mail) => mail.messageId === messageId) === at,
  );
}

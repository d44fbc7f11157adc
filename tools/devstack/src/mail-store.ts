import { EventEmitter } from 'node:events';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CaughtMail } from './caught-mail.js';

/** A mail file that is half written, or of another version, is left alone. */
async function load(file: string): Promise<CaughtMail | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as CaughtMail;
  } catch {
    return undefined;
  }
}

/** The caught mails: one JSON file each, the newest `maxMails` of them, oldest first. */
export class MailStore {
  private readonly folder: string;
  private readonly maxMails: number;
  private readonly kept: CaughtMail[];
  private readonly arrivals = new EventEmitter();
  private lastId = 0;

  private constructor(folder: string, maxMails: number, kept: CaughtMail[]) {
    this.folder = folder;
    this.maxMails = maxMails;
    this.kept = kept;
    this.arrivals.setMaxListeners(0);
  }

  /** Opens the folder (made if missing, for its owner's eyes only: mails carry codes) with the mails kept in it. */
  static async open(folder: string, maxMails: number): Promise<MailStore> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted();
    const loaded = await Promise.all(names.map((name) => load(join(folder, name))));
    const store = new MailStore(
      folder,
      maxMails,
      loaded.filter((mail) => mail !== undefined),
    );
    await store.dropOldest();
    return store;
  }

  /** Ids grow with time, also over restarts. */
  nextId(): string {
    this.lastId = Math.max(Date.now() * 1000, this.lastId + 1);
    return this.lastId.toString(36).padStart(11, '0');
  }

  all(): readonly CaughtMail[] {
    return this.kept;
  }

  find(id: string): CaughtMail | undefined {
    return this.kept.find((mail) => mail.id === id);
  }

  /** Resolves when the mail is safely stored, which is when its sender may hear of success. */
  async add(mail: CaughtMail): Promise<void> {
    const file = this.fileOf(mail);
    await writeFile(`${file}.part`, JSON.stringify(mail), { mode: 0o600 });
    await rename(`${file}.part`, file);
    this.kept.push(mail);
    await this.dropOldest();
    this.arrivals.emit('mail', mail);
  }

  async clear(): Promise<void> {
    await this.drop(this.kept.splice(0));
  }

  /** The first mail, there already or still to come, that `wanted` accepts; rejects after `timeoutMs`. */
  waitFor(wanted: (mail: CaughtMail) => boolean, timeoutMs: number): Promise<CaughtMail> {
    const there = this.kept.find(wanted);
    if (there !== undefined) return Promise.resolve(there);
    return new Promise((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer);
        this.arrivals.off('mail', look);
      };
      const look = (mail: CaughtMail) => {
        if (!wanted(mail)) return;
        settle();
        resolve(mail);
      };
      const timer = setTimeout(() => {
        settle();
        const subjects = this.kept.map((mail) => `"${mail.subject}" to ${mail.to.join(', ')}`);
        reject(
          new Error(`No such mail within ${timeoutMs} ms. There: ${subjects.join('; ') || 'none'}`),
        );
      }, timeoutMs);
      this.arrivals.on('mail', look);
    });
  }

  private fileOf(mail: CaughtMail): string {
    return join(this.folder, `${mail.id}.json`);
  }

  private async dropOldest(): Promise<void> {
    await this.drop(this.kept.splice(0, Math.max(0, this.kept.length - this.maxMails)));
  }

  private async drop(mails: CaughtMail[]): Promise<void> {
    await Promise.all(mails.map((mail) => rm(this.fileOf(mail), { force: true })));
  }
}

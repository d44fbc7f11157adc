import { sep } from 'node:path';
import { type Bus, loadSeed, open } from '@latchkey/runtime';
import { filesIn } from './files.fixture.js';

/** What must not be found, by what it is. */
export type Needles = Readonly<Record<string, string | Buffer>>;

/** A template as it may lie in memory or a file: bare float32, and each way in which base64 may cut it. */
export function templateNeedles(floats: Uint8Array): Needles {
  const slice = Buffer.from(floats).subarray(256, 304);
  const text = (from: number) => slice.subarray(from).toString('base64url').slice(4, 44);
  return {
    'the template, float32': slice,
    'the template, base64url (0)': text(0),
    'the template, base64url (1)': text(1),
    'the template, base64url (2)': text(2),
  };
}

/** A code as it may lie anywhere: whole, without its prefix, and in base64. */
export function codeNeedles(code: string, what: string): Needles {
  return {
    [`${what}, its text`]: code,
    [`${what}, its random part`]: code.slice(4),
    [`${what}, base64`]: Buffer.from(code).toString('base64'),
  };
}

/** Where traces are looked for. */
export interface Places {
  readonly folder: string;
  readonly except: readonly string[];
  readonly bus: Bus;
  /** Where the key lies with which notify opens what was sealed for it. */
  readonly keysDir: string;
}

/**
 * Where each needle stands, byte by byte: in the files of a folder (but those of `except`), in all that the broker holds,
 * and in what of that is sealed for notify.
 */
export async function tracesOf(needles: Needles, places: Places): Promise<string[]> {
  const traces: string[] = [];
  const seed = await loadSeed(places.keysDir, 'notify');
  const look = (where: string, bytes: Buffer): void => {
    for (const [what, needle] of Object.entries(needles)) {
      if (bytes.includes(needle)) traces.push(`${what} in ${where}`);
    }
  };
  const isLookedAt = (file: string) =>
    !places.except.some((folder) => file.startsWith(folder + sep));
  for (const { file, bytes } of await filesIn(places.folder, isLookedAt)) look(file, bytes);
  for await (const { where, bytes } of messagesOf(places.bus)) {
    look(where, bytes);
    for (const content of openedIn(bytes, seed)) look(`${where}, sealed`, content);
  }
  return [...new Set(traces)].toSorted();
}

/** Each message that any stream holds, those of buckets and object stores and those in memory too. */
async function* messagesOf(bus: Bus) {
  for await (const { config, state } of bus.jsm.streams.list()) {
    for (let seq = state.first_seq; state.messages > 0 && seq <= state.last_seq; seq += 1) {
      const message = await bus.jsm.streams.getMessage(config.name, { seq });
      if (!message) continue;
      const head = [...message.header].map(([key, values]) => `${key}: ${values.join()}`).join();
      const bytes = Buffer.concat([Buffer.from(`${message.subject}\n${head}\n`), message.data]);
      yield { where: `the stream ${config.name} (${message.subject})`, bytes };
    }
  }
}

/** What the holder of a key reads in the sealed boxes among some bytes; no box is shorter than its sender's key. */
function openedIn(bytes: Buffer, seed: string): Buffer[] {
  return [...bytes.toString('latin1').matchAll(/[\w-]{100,}/g)].flatMap(([box]) => {
    try {
      return [Buffer.from(open(seed, box))];
    } catch {
      return [];
    }
  });
}

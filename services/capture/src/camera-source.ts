import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FRAME_MAX_BYTES } from '@latchkey/contracts';
import { parseJpeg } from './jpeg.pure.js';

const JPEG_NAME = /\.jpe?g$/i;

/**
 * The pictures of a source, once through: a folder's JPEGs in the order of their names, or a file's JPEGs one after
 * the other (one, or MJPEG).
 * @throws Error where the source cannot be read; bytes between two JPEGs are stepped over.
 */
export async function* readPictures(source: string): AsyncGenerator<Uint8Array> {
  if ((await stat(source)).isDirectory()) yield* readFolder(source);
  else yield* splitJpegs(createReadStream(source));
}

async function* readFolder(folder: string): AsyncGenerator<Uint8Array> {
  const names = (await readdir(folder)).filter((name) => JPEG_NAME.test(name)).toSorted();
  for (const name of names) yield await readFile(join(folder, name));
}

/** Cuts a stream of bytes into its JPEGs. Never holds more than a frame's largest size and a chunk. */
export async function* splitJpegs(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      rest = fromStart(rest);
      const facts = parseJpeg(rest);
      if (facts === 'incomplete' && rest.length <= FRAME_MAX_BYTES) break;
      if (typeof facts === 'string') {
        // No JPEG begins here after all, or one that is too large: look for the next.
        rest = rest.subarray(2);
        continue;
      }
      yield rest.subarray(0, facts.end);
      rest = rest.subarray(facts.end);
    }
  }
}

const START = Buffer.from([0xff, 0xd8]);

/** The bytes from the first start of a JPEG on; a lone last FF may become one. */
function fromStart(bytes: Buffer<ArrayBuffer>): Buffer<ArrayBuffer> {
  const at = bytes.indexOf(START);
  if (at >= 0) return bytes.subarray(at);
  return bytes.at(-1) === 0xff ? bytes.subarray(-1) : bytes.subarray(bytes.length);
}

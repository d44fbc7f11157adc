// Says what goes on while the programs that do it say nothing themselves.
import { performance } from 'node:perf_hooks';

/** What is quicker needs no word. */
const quietMs = 1_000;

/**
 * Says on standard error what takes its time, and how long it took: on a terminal in one line that counts the seconds,
 * elsewhere in a line before and one after.
 * @template Done
 * @param {string} what such as "Compiling"
 * @param {() => Promise<Done>} doing
 * @returns {Promise<Done>}
 */
export async function saying(what, doing) {
  const { stderr } = process;
  const startedAt = performance.now();
  const seconds = () => Math.round((performance.now() - startedAt) / 1_000);
  let isSaid = false;
  const timer = setInterval(() => {
    // The cursor goes back to where the line begins: a program's own words, such as faults, take its place.
    if (stderr.isTTY) stderr.write(`\u001b[2K${what}… ${seconds()} s\r`);
    else if (!isSaid) stderr.write(`${what}…\n`);
    isSaid = true;
  }, quietMs);
  try {
    return await doing();
  } finally {
    clearInterval(timer);
    if (isSaid) stderr.write(`${stderr.isTTY ? '\u001b[2K' : ''}${what} took ${seconds()} s.\n`);
  }
}

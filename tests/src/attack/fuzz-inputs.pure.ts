/** Random numbers from a seed (mulberry32): the same everywhere, so that an input can be made again. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from 0, below `end`. */
  below(end: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * end) | 0;
  }

  one<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError('there is nothing to choose from');
    return item;
  }
}

const nested = (depth: number): unknown =>
  Array.from({ length: depth }).reduce<unknown>(
    (inner, _, n) => (n % 2 ? [inner] : { a: inner }),
    1,
  );

const numbers = [0, 1, -1, -0, 1e308, -1e308, 5e-324, 2 ** 53, -(2 ** 53), 0.1, 4_294_967_296];
const scripts = [
  '\u0000',
  '\ud800',
  '\udfff\ud800',
  '\u202eabc',
  '\u200b',
  'ﷺ'.repeat(50),
  '🙂'.repeat(40),
];
const names = ['', ' ', 'a', '__proto__', 'constructor', 'toString', 'hasOwnProperty'];
const injections = [
  "'; DROP TABLE people; --",
  '<img src=x onerror=alert(1)>',
  '=1+1',
  '\r\nBcc: x@y.z',
];
const paths = ['../../etc/passwd', '%00', '%2e%2e%2f', '${7*7}', 'lk.v1.>', '*', '>'];
const codes = ['LK1.', `LK1.${'A'.repeat(22)}`, `LK1.${'A'.repeat(4_000)}`, '9'.repeat(400)];
const times = [
  '1970-01-01T00:00:00Z',
  '+275760-09-13T00:00:00.001Z',
  '2026-02-30T00:00:00Z',
  '-1',
  '1e999',
  'NaN',
];
/** What makes a regular expression go back again and again. */
const longOnes = [
  'a'.repeat(3_000),
  `${'a'.repeat(60)}!`,
  `${'a.'.repeat(200)}@`,
  ' '.repeat(2_000),
  `${'-'.repeat(500)}x`,
  `${'a'.repeat(300)}@b.cc`,
  'a@b.cc',
];
/** Longer than any field, and no longer than what a header or a body of JSON may hold. */
const veryLongOnes = ['a', 'a.', 'a@', '-', ' ', '%4', 'a://', '=1;', '"', '\\', 'LK1.', '1.'].map(
  (part) => part.repeat(48_000 / part.length),
);
const structures = [
  [],
  {},
  [null],
  { $gt: '' },
  { $where: 'sleep(1e9)' },
  { length: 1e9 },
  { toString: null },
  JSON.parse('{"__proto__":{"isAdmin":true}}'),
  { constructor: { prototype: { isAdmin: true } } },
  nested(40),
  nested(200),
  Array.from({ length: 200 }, (_, n) => n),
];
/** What parsers stumble over; only what JSON can say. */
const hostile: readonly unknown[] = [
  null,
  true,
  false,
  ...numbers,
  ...scripts,
  ...names,
  ...injections,
  ...paths,
  ...codes,
  ...times,
  ...longOnes,
  ...structures,
];

/** A text that shows a parser whose time grows faster than what it is given. */
export const veryLong = (chance: Chance): string => chance.one(veryLongOnes);

/** Something that nobody expects there. */
export function hostileValue(chance: Chance): unknown {
  if (chance.below(2_000) === 0) return veryLong(chance);
  const value = chance.one(hostile);
  return typeof value === 'object' ? structuredClone(value) : value;
}

/** An object with some of these keys, each with something that nobody expects there. */
export function hostileObject(chance: Chance, keys: readonly string[]): Record<string, unknown> {
  const more = chance.below(8) === 0 ? ['__proto__x', 'constructor', '$where', ''] : [];
  const taken = [...keys, ...more].filter(() => chance.below(5) > 0);
  return Object.fromEntries(taken.map((key) => [key, hostileValue(chance)]));
}

/** JSON of a value in which some place holds what nobody expects there; one in four has its bytes changed besides. */
export function changedJson(chance: Chance, value: unknown): Buffer {
  const copy: unknown = structuredClone(value);
  for (let n = chance.below(3); n >= 0; n -= 1) changePlace(chance, copy);
  const bytes = Buffer.from(JSON.stringify(copy) ?? '');
  return chance.below(4) === 0 ? changedBytes(chance, bytes) : bytes;
}

function changePlace(chance: Chance, value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  const keys = Object.keys(value);
  if (keys.length === 0) return;
  const key = chance.one(keys);
  const inner: unknown = Reflect.get(value, key);
  if (typeof inner === 'object' && inner !== null && chance.below(3) > 0)
    changePlace(chance, inner);
  else if (chance.below(6) === 0) Reflect.deleteProperty(value, key);
  else Reflect.set(value, key, hostileValue(chance));
}

const interesting = [
  0, 1, 0x0a, 0x22, 0x2c, 0x3b, 0x5b, 0x5c, 0x7b, 0x7f, 0x80, 0xc0, 0xd8, 0xd9, 0xda, 0xff,
];

/** A copy with up to eight changes: bits turned, bytes set, pieces doubled, moved, left out, or cut off. */
export function changedBytes(chance: Chance, given: Uint8Array): Buffer {
  let bytes = Buffer.from(given);
  for (let n = chance.below(8); n >= 0; n -= 1) bytes = changedOnce(chance, bytes);
  return bytes;
}

function changedOnce(chance: Chance, bytes: Buffer<ArrayBuffer>): Buffer<ArrayBuffer> {
  if (bytes.length === 0) return Buffer.from([chance.one(interesting)]);
  const at = chance.below(bytes.length);
  const end = Math.min(bytes.length, at + 1 + chance.below(32));
  switch (chance.below(7)) {
    case 0:
      bytes[at] = (bytes[at] ?? 0) ^ (1 << chance.below(8));
      return bytes;
    case 1:
      bytes[at] = chance.one(interesting);
      return bytes;
    case 2:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(end)]);
    case 3:
      return Buffer.concat([bytes.subarray(0, end), bytes.subarray(at)]);
    case 4:
      return bytes.fill(chance.one(interesting), at, end);
    case 5:
      return Buffer.concat([
        bytes.subarray(0, at),
        Buffer.from([chance.one(interesting)]),
        bytes.subarray(at),
      ]);
    default:
      return chance.below(4) === 0 ? Buffer.from(bytes.subarray(0, at)) : bytes;
  }
}

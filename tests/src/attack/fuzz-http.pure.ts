import { type Chance, changedBytes, changedJson, hostileValue } from './fuzz-inputs.pure.js';

/** What a request is made for. */
export interface RouteFacts {
  readonly method: string;
  readonly path: string;
}

const PREFIX = '/api/v1';

/** A request that is answered with 200. */
export const goodRequest = (token: string): Buffer =>
  Buffer.from(
    `GET ${PREFIX}/doors HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n\r\n`,
  );

const person = { id: 'p1', name: 'Asha Rao', email: 'asha@campus.example', groups: ['staff'] };
const door = { id: 'north', name: 'North', liveness: 'passive', codeWaitS: 30 };
const sign = { username: 'keeper', password: 'correct horse battery', code: '123456' };

const textOf = (chance: Chance): string => {
  const value = hostileValue(chance);
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
};

/** A form with one picture, that is broken off, has other names or parts in it, or another boundary than it says. */
function form(chance: Chance): { type: string; body: Buffer } {
  const boundary = chance.one(['x', '----y', 'a'.repeat(70), '', '"q"']);
  const name = chance.one(['sample', '__proto__', 'sample[a][b]', '"', 'a'.repeat(2_000)]);
  const part = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${chance.one(['a.jpg', '../../a', '\u0000', ''])}"\r\nContent-Type: ${chance.one(['image/jpeg', 'x', ''])}\r\n\r\n`;
  const parts = Array.from({ length: 1 + chance.below(3) }, () => `${part}${textOf(chance)}\r\n`);
  const end = chance.one([`--${boundary}--\r\n`, `--${boundary}`, '']);
  const type = `multipart/form-data; boundary=${chance.below(4) === 0 ? 'other' : boundary}`;
  return { type, body: Buffer.from(parts.join('') + end) };
}

function bodyOf(chance: Chance): { type: string; body: Buffer } {
  if (chance.below(3) === 0) return form(chance);
  const type = chance.one([
    'application/json',
    'application/json; charset=utf-16',
    'text/plain',
    'image/jpeg',
    '',
  ]);
  const body = changedJson(chance, chance.one([person, door, sign]));
  return { type, body: chance.below(6) === 0 ? Buffer.from('['.repeat(20_000)) : body };
}

/** Lengths that are true, short, long, twice, or none at all, and pieces that are none. */
function framing(chance: Chance, body: Buffer): { head: string[]; body: Buffer } {
  const length = `Content-Length: ${body.length}`;
  const size = body.length.toString(16);
  switch (chance.below(8)) {
    case 0:
      return { head: [`Content-Length: ${chance.one([-1, 1e20, 1, body.length + 9])}`], body };
    case 1:
      return { head: [length, 'Content-Length: 3'], body };
    case 2:
      return { head: ['Transfer-Encoding: chunked', length], body };
    case 3:
      return {
        head: ['Transfer-Encoding: chunked'],
        body: Buffer.concat([
          Buffer.from(chance.one([`${size}\r\n`, 'fffffffff\r\n', '-1\r\n', `${size};a=b\r\n`])),
          body,
          Buffer.from('\r\n0\r\n\r\n'),
        ]),
      };
    case 4:
      return { head: ['Content-Encoding: gzip', length], body };
    default:
      return { head: [length], body };
  }
}

const odd = [
  'If-Match: "1", W/"2"',
  'Cookie: latchkey=; latchkey=a; __Host-latchkey=%',
  'X-Correlation-Id: \u0001{}',
  'Expect: 100-continue',
  'Upgrade: websocket',
  'Range: bytes=0-,5-1',
  'Last-Event-ID: 9-9-9',
  `X-Long: ${'a'.repeat(9_000)}`,
  ': no name',
  'no colon',
  'Host: y',
];

/** A request to any route, with something wrong in it; one in three has its bytes changed besides. */
export function hostileRequest(
  chance: Chance,
  routes: readonly RouteFacts[],
  token: string,
): Buffer {
  const { method, path } = chance.one(routes);
  const filled = path.replaceAll(/\{\w+\}/g, () => encodeURIComponent(wellFormed(textOf(chance))));
  const query =
    chance.below(3) === 0 ? `?limit=${encodeURIComponent(wellFormed(textOf(chance)))}` : '';
  const { type, body: given } = bodyOf(chance);
  const { head, body } = framing(chance, given);
  const lines = [
    `${method.toUpperCase()} ${PREFIX}${filled}${query} HTTP/1.1`,
    'Host: x',
    `Authorization: Bearer ${token}`,
    ...(type === '' ? [] : [`Content-Type: ${type}`]),
    ...head,
    ...(chance.below(3) === 0 ? [chance.one(odd)] : []),
    'Connection: close',
  ];
  const bytes = Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body]);
  return chance.below(3) === 0 ? changedBytes(chance, bytes) : bytes;
}

const wellFormed = (text: string): string => text.slice(0, 400).toWellFormed();

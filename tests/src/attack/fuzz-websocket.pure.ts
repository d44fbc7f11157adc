import { KIOSK_TOKEN } from '../capture/kiosk.fixture.js';
import { type Chance, changedBytes, changedJson } from './fuzz-inputs.pure.js';

/** A request that opens a WebSocket. */
export const handshake = (host: string, path: string): Buffer =>
  Buffer.from(
    [
      `GET ${path} HTTP/1.1`,
      `Host: ${host}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
      '\r\n',
    ].join('\r\n'),
  );

const greeting = (door: string, camera: string) => ({
  type: 'hello',
  door,
  camera,
  token: KIOSK_TOKEN,
});

/** A kiosk's hello as one whole frame. */
export const hello = (door: string, camera: string): Buffer =>
  frame(Buffer.from(JSON.stringify(greeting(door, camera))), 0x81);

/** How a frame says that it is what it is not; what is left out is true. */
interface Lies {
  readonly length?: number;
  readonly isMasked?: boolean;
}

/** One frame (RFC 6455, 5.2). `first`: its first byte, end, reserved bits and opcode. */
function frame(payload: Buffer, first: number, lies: Lies = {}): Buffer {
  const { length = payload.length, isMasked = true } = lies;
  const mask = Buffer.from([1, 2, 3, 4]);
  const masked = payload.map((byte, at) => (isMasked ? byte ^ (mask[at % 4] ?? 0) : byte));
  const flag = isMasked ? 0x80 : 0;
  const size =
    length < 126 ? Buffer.from([first, flag | Math.max(0, length)]) : longSize(first, flag, length);
  return Buffer.concat([size, ...(isMasked ? [mask] : []), masked]);
}

function longSize(first: number, flag: number, length: number): Buffer {
  const isShort = length < 65_536;
  const head = Buffer.alloc(isShort ? 4 : 10);
  head[0] = first;
  head[1] = flag | (isShort ? 126 : 127);
  if (isShort) head.writeUInt16BE(length, 2);
  else head.writeBigUInt64BE(BigInt(length), 2);
  return head;
}

const closings = [0, 999, 1_000, 1_005, 1_015, 4_999, 65_535].map((code) => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(code);
  return bytes;
});

/** One to four frames of which some are what no client sends: masks, lengths, opcodes, fragments, texts, endings. */
export function hostileFrames(chance: Chance): Buffer {
  const frames = Array.from({ length: 1 + chance.below(4) }, () => hostileFrame(chance));
  const bytes = Buffer.concat(frames);
  return chance.below(3) === 0 ? changedBytes(chance, bytes) : bytes;
}

function hostileFrame(chance: Chance): Buffer {
  const text = changedJson(chance, chance.one([greeting('gate-a', 'kiosk-1'), { type: 'cancel' }]));
  const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xda, ...text, 0xff, 0xd9]);
  switch (chance.below(9)) {
    case 0:
      return frame(text, 0x81, { isMasked: false });
    case 1:
      return frame(text, 0x81, { length: chance.one([0, 125, 126, 65_535, 2 ** 31, 2 ** 53]) });
    case 2:
      return frame(text, 0x80 | chance.below(16) | (chance.below(8) << 4));
    case 3:
      return Buffer.concat([frame(text, 0x01), frame(jpeg, chance.one([0x00, 0x80, 0x02, 0x82]))]);
    case 4:
      return frame(Buffer.alloc(chance.one([0, 125, 126, 300]), 1), chance.one([0x89, 0x8a, 0x09]));
    case 5:
      return frame(Buffer.from([0xc0, 0xaf, 0xed, 0xa0, 0x80]), 0x81);
    case 6:
      return frame(Buffer.concat([chance.one(closings), text.subarray(0, 100)]), 0x88);
    case 7:
      return Buffer.concat(
        Array.from({ length: 200 }, (_, at) => frame(text.subarray(at, at + 1), at ? 0x00 : 0x01)),
      );
    default:
      return frame(jpeg, 0x82);
  }
}

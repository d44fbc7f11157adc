import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Capture } from '@latchkey/capture';
import { routes } from '@latchkey/gateway/parsers';
import { Edge } from '../capture/edge.fixture.js';
import { FrontDesk } from '../gateway/front-desk.fixture.js';
import { type Chance, changedBytes } from './fuzz-inputs.pure.js';
import { goodRequest, hostileRequest } from './fuzz-http.pure.js';
import type { FuzzTarget } from './fuzz-run.js';
import { handshake, hello, hostileFrames } from './fuzz-websocket.pure.js';

/** Whoever is asked, answers or hangs up within this, however busy the machine is. */
const ANSWER_MS = 30_000;
/** What is not whole by then is no longer waited for: its sender hangs up. */
const HANG_UP_MS = 20;
const AT_ONCE = 8;
const DOOR = 'gate-a';

/** What was said on a line until it was closed, or until it holds what is waited for. */
async function saidOn(socket: Socket, isEnough: (said: Buffer) => boolean): Promise<Buffer> {
  const said: Buffer[] = [];
  const late = setTimeout(() => socket.destroy(new Error('nobody answered')), ANSWER_MS);
  try {
    for await (const chunk of socket) {
      said.push(chunk as Buffer);
      if (isEnough(Buffer.concat(said))) break;
    }
  } catch (error) {
    // Who refuses what is sent may close the line before all of it came.
    if (!/ECONNRESET|EPIPE/.test(String(error))) throw error;
  } finally {
    clearTimeout(late);
    socket.destroy();
  }
  return Buffer.concat(said);
}

const isHead = (said: Buffer) => said.includes('\r\n\r\n');

/** Requests as bytes, at a gateway with its registry and broker. */
async function httpTarget(opened: AsyncDisposableStack): Promise<FuzzTarget> {
  const desk = opened.use(await FrontDesk.open());
  const { hostname, port } = new URL(desk.gateway.httpUrl ?? '');
  const open = () => connect(Number(port), hostname);
  return {
    name: 'HTTP at a gateway',
    kind: 'REST',
    inputs: 1_500,
    atOnce: AT_ONCE,
    tryOne: async (chance) => {
      const isGood = chance.below(20) === 0;
      const socket = open();
      const bytes = isGood ? goodRequest(desk.token) : hostileRequest(chance, routes, desk.token);
      socket.write(bytes);
      const hangUp = isGood ? undefined : setTimeout(() => socket.end(), HANG_UP_MS);
      const said = (await saidOn(socket, isHead)).toString('latin1');
      clearTimeout(hangUp);
      const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(said) ?? [];
      if (isGood && status !== '200') throw new Error(`a good request got ${status}`);
      // 503 and 504: what it needs is not there, such as a face worker, or too slow on a busy machine.
      if (status?.startsWith('5') && !['503', '504'].includes(status))
        throw new Error(said.slice(0, 300));
    },
  };
}

/** Frames as bytes, at a capture; some after a hello, and some in small pieces. */
async function webSocketTarget(opened: AsyncDisposableStack): Promise<FuzzTarget> {
  const edge = opened.use(await Edge.start());
  const capture = await edge.startCapture();
  await edge.putDoor(DOOR);
  await capture.ready();
  const { hostname, port, host, pathname } = new URL(capture.get(Capture).kioskUrl);
  let count = 0;
  return {
    name: 'WebSocket at a capture',
    kind: 'WebSocket',
    inputs: 1_000,
    atOnce: AT_ONCE,
    tryOne: async (chance) => {
      const isGood = chance.below(20) === 0;
      // A place of one's own of the door's four: whoever comes to it next takes it.
      const camera = `kiosk-${(count += 1) % 4}`;
      const socket = connect(Number(port), hostname);
      const opening = handshake(host, pathname);
      const isWhole = isGood || chance.below(8) > 0;
      socket.write(isWhole ? opening : changedBytes(chance, opening));
      if (isGood || chance.below(3) > 0) socket.write(hello(DOOR, camera));
      if (isGood) {
        const said = await saidOn(socket, (bytes) => /welcome|LK-/.test(bytes.toString('latin1')));
        if (!/welcome|LK-KSK-004|4409/.test(said.toString('latin1')))
          throw new Error(`a good kiosk was told: ${said.toString('latin1').slice(-200)}`);
        return;
      }
      await dribbled(socket, chance, hostileFrames(chance));
      const hangUp = setTimeout(() => socket.end(), HANG_UP_MS);
      await saidOn(socket, () => false);
      clearTimeout(hangUp);
    },
  };
}

/** Writes it at once, or a few bytes each time. */
async function dribbled(socket: Socket, chance: Chance, bytes: Buffer): Promise<void> {
  socket.on('error', () => undefined);
  if (chance.below(4) > 0) return void socket.write(bytes);
  socket.setNoDelay(true);
  for (let at = 0; at < bytes.length && !socket.destroyed; at += 3) {
    if (!socket.write(bytes.subarray(at, at + 3))) await once(socket, 'drain').catch(() => null);
  }
}

/** The listeners themselves, with all that stands before the parsers. */
export async function listenerTargets(
  opened: AsyncDisposableStack,
): Promise<readonly FuzzTarget[]> {
  return [await httpTarget(opened), await webSocketTarget(opened)];
}

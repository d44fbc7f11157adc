import { type DoorDisplay, doorId, type KioskUpdate, kioskUpdate } from '@latchkey/contracts';
import { decodePicture, encodeJpeg } from '@latchkey/vision';
import { Command, InvalidArgumentError, Option } from 'commander';
import { readGiven } from './given-path.js';
import { isOutcome, kioskAddress, lineOf, waitingFor } from './kiosk-lines.pure.js';

interface KioskOptions {
  readonly door: string;
  readonly url: URL;
  readonly fps: number;
  readonly seconds: number;
}

/** A kiosk's frames are at most 4096 px a side; this is plenty for a face. */
const FRAME_MAX_SIDE_PX = 1280;
const JPEG_QUALITY = 90;
const DEFAULT_URL = 'ws://127.0.0.1:8081/kiosk';
/** After this long without anything new, what is awaited is said. */
const SILENCE_MS = 5_000;
/** The door had its say, and did not open. */
const EXIT_NOT_LET_IN = 3;

function numberIn(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (value >= low && value <= high) return value;
    throw new InvalidArgumentError(`expected a number from ${low} to ${high}`);
  };
}

function doorOf(text: string): string {
  const door = doorId.safeParse(text);
  if (door.success) return door.data;
  throw new InvalidArgumentError(door.error.issues[0]?.message ?? 'malformed');
}

/** Any picture as a frame. */
async function frameOf(path: string): Promise<Buffer> {
  const picture = await decodePicture(await readGiven(path), { maxSidePx: FRAME_MAX_SIDE_PX });
  return encodeJpeg(picture, JPEG_QUALITY);
}

function addressOf(text: string): URL {
  try {
    return kioskAddress(text);
  } catch {
    throw new InvalidArgumentError(
      'expected ws://host:port or wss://host:port, with or without /kiosk',
    );
  }
}

/** Says on stderr what is awaited whenever the door has shown nothing new for a while. */
function sayWhatIsAwaited(latest: () => DoorDisplay | undefined): NodeJS.Timeout {
  return setInterval(
    () => process.stderr.write(`  … ${waitingFor(latest(), Date.now())}\n`),
    SILENCE_MS,
  );
}

/**
 * Stands before the door with the frames in turn and prints what it shows, until an outcome, which it gives back.
 * @throws Error where the door refuses the kiosk, goes away, or shows no outcome in time
 */
async function standBefore(
  frames: readonly Buffer[],
  token: string,
  options: KioskOptions,
): Promise<DoorDisplay> {
  const socket = new WebSocket(options.url);
  let timer: NodeJS.Timeout | undefined;
  const { promise, resolve, reject } = Promise.withResolvers<DoorDisplay>();
  const bound = setTimeout(
    () => reject(new Error(`no outcome within ${options.seconds} s`)),
    options.seconds * 1_000,
  );
  let next = 0;
  const send = (): void => {
    const frame = frames[next++ % frames.length];
    if (frame) socket.send(new Uint8Array(frame));
  };
  let attempt: string | null = null;
  let latest: DoorDisplay | undefined;
  const silence = sayWhatIsAwaited(() => latest);
  const take = (update: KioskUpdate): void => {
    if (update.type === 'welcome') timer ??= setInterval(send, 1_000 / options.fps);
    if (update.type === 'error') reject(new Error(`${update.code}: ${update.message}`));
    if (update.type !== 'display') return;
    const { display } = update;
    latest = display;
    silence.refresh();
    if (display.phase === 'identifying') attempt = display.attempt;
    // The outcome of whoever stood there before is not ours.
    const isBefore = isOutcome(display) && (attempt === null || display.attempt !== attempt);
    process.stdout.write(`${isBefore ? 'before us, ' : ''}${lineOf(display)}\n`);
    if (isOutcome(display) && !isBefore) resolve(display);
  };
  const hello = JSON.stringify({ type: 'hello', door: options.door, token });
  socket.addEventListener('open', () => socket.send(hello));
  socket.addEventListener('message', ({ data }) =>
    take(kioskUpdate.parse(JSON.parse(String(data)))),
  );
  const gone = () =>
    reject(new Error(`nobody answers at ${options.url.href}, or the connection was closed`));
  socket.addEventListener('close', gone);
  socket.addEventListener('error', gone);
  try {
    return await promise;
  } finally {
    clearTimeout(bound);
    clearInterval(timer);
    clearInterval(silence);
    socket.close();
  }
}

/** `latchkey kiosk`: a kiosk without a camera, for trying a door. */
export function kioskCommand(): Command {
  return new Command('kiosk')
    .description('stand before a door with pictures instead of a camera, and see what it shows')
    .argument('<pictures...>', 'shown in turn: the face, and the code once the door asks for it')
    .requiredOption('--door <id>', 'the door (required)', doorOf)
    .addOption(
      new Option('--url <url>', "the kiosks' address, with or without /kiosk")
        .default(kioskAddress(DEFAULT_URL), DEFAULT_URL)
        .argParser(addressOf),
    )
    .option('--fps <n>', 'frames a second, 1 to 15', numberIn(1, 15), 5)
    .option('--seconds <n>', 'give up after, 5 to 300', numberIn(5, 300), 60)
    .addHelpText(
      'after',
      '\nThe kiosk token is read from LATCHKEY_KIOSK_TOKEN, never from the command line.\n' +
        'Exit code 0: granted; 3: denied, expired or abandoned; 1: anything else.',
    )
    .action(async (paths: string[], options: KioskOptions) => {
      const token = process.env['LATCHKEY_KIOSK_TOKEN'];
      if (!token)
        throw new Error(
          'set LATCHKEY_KIOSK_TOKEN to the token that was shown when the door was created',
        );
      const frames = await Promise.all(paths.map(frameOf));
      const { phase } = await standBefore(frames, token, options);
      if (phase !== 'granted') process.exitCode = EXIT_NOT_LET_IN;
    });
}

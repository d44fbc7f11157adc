import { frameSubject, streams } from '@latchkey/contracts';
import type { Bus } from './bus.js';
import type { Frame } from './handlers.js';
import { readFrame } from './read-message.js';
import { remade } from './topology.js';

/**
 * The newest frame that any camera of a door has sent, or null where none has for as long as frames are kept: 2 s.
 * @throws Failure LK-BUS-001, retryable, where the broker is away; LK-BUS-004, terminal, where it is no frame
 */
export async function newestFrame(bus: Bus, door: string): Promise<Frame | null> {
  const subject = frameSubject.template.replace('{door}', door).replace('{camera}', '*');
  const topology = { streams: [streams.FRAMES] };
  const stored = await remade(bus, topology, 'reading the newest frame', () =>
    bus.jsm.streams.getMessage('FRAMES', { last_by_subj: subject }),
  );
  if (!stored) return null;
  return readFrame({
    subject: stored.subject,
    headers: stored.header,
    data: stored.data,
    storedAtMs: Math.floor(stored.time.getTime()),
  }).frame;
}

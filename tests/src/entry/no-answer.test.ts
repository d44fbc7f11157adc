// Real: broker, all services as processes, models, registry's store, SMTP server, WebSocket kiosk.
import { accessExpired } from '@latchkey/contracts';
import {
  asha,
  Campus,
  codePictureOf,
  type KioskClient,
  leave,
  look,
  showCode,
} from '@latchkey/demo';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

describe('a registry that does not answer while a code is checked', { timeout: 180_000 }, () => {
  let campus: Campus;
  let door: KioskClient;

  beforeAll(async () => {
    campus = await Campus.start();
    door = await campus.door('library-north');
    await campus.register(asha);
  });
  afterAll(async () => {
    door?.close();
    await campus?.close();
  });

  function signalRegistry(signal: 'SIGSTOP' | 'SIGCONT'): void {
    const registry = campus.stack.supervisor.children().find(({ name }) => name === 'registry');
    if (!registry?.pid) throw new Error('there is no registry to be frozen');
    process.kill(registry.pid, signal);
  }

  it('keeps the door shut, and the attempt ends as expired', async () => {
    const code = codePictureOf(await campus.codeMail(asha.email));
    await look(door, asha.face);
    signalRegistry('SIGSTOP');
    try {
      expect(await showCode(door, asha.face, code)).toBe('expired');
      const { event } = await campus.bus.waitFor(
        (heard) => heard.event.type === accessExpired.type,
      );
      expect(accessExpired.data.parse(event.data)).toMatchObject({ during: 'checking-code' });
    } finally {
      signalRegistry('SIGCONT');
    }
  });

  it('uses nothing up when it wakes: the same code opens in the next attempt, once', async () => {
    await leave(door);
    await look(door, asha.face);
    const code = codePictureOf(await campus.codeMail(asha.email));
    expect(await showCode(door, asha.face, code)).toBe('granted');
    await campus.codeMail(asha.email, 2);
    const opened = campus.bus.heard.filter(({ subject }) => subject.startsWith('lk.v1.open.'));
    expect(opened).toHaveLength(1);
  });
});

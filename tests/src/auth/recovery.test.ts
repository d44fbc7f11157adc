import { EffectCarrier } from '@latchkey/auth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from './filming.fixture.js';
import { Threshold } from './threshold.fixture.js';

// Real here: broker, gRPC, auth. The test plays face, qr and kiosk, and a small registry answers.
let here: Threshold;
beforeEach(async () => {
  here = await Threshold.open(0);
});
afterEach(() => here[Symbol.asyncDispose]());

const entry = ['started', 'identified', 'granted'];
const typesAt = async (door: string) => {
  const told = await here.told(door);
  return told.map(({ type }) => type.split('.').at(-1));
};

/** Carries nothing out and never says so: a replica that was stopped between its write and what it then owed. */
const frozen = { carry: () => Promise.race([]), showIfLost: () => Promise.resolve() };

describe('an attempt', () => {
  it('is carried on by another replica where one stops after its write', async () => {
    await here.startAuth({ providers: [{ provide: EffectCarrier, useValue: frozen }] });
    await here.startAuth();
    await here.setDoor('frozen');
    await here.isRecognised('frozen', ['ada']);
    // The frozen one may have taken the code's frame: it's shown until the door has opened.
    await until('the door opens', async () => {
      await here.face('frozen', ['ada']);
      await here.code('frozen', 'one');
      return (await typesAt('frozen')).some((type) => type === 'granted' || type === 'expired');
    });
    const told = await typesAt('frozen');
    expect(told.slice(0, 2)).toEqual(['started', 'identified']);
    expect(told.filter((type) => type === 'granted' || type === 'expired')).toHaveLength(1);
  });

  it('outlives all replicas', async () => {
    await here.startAuth();
    await here.setDoor('restart');
    const before = await here.isRecognised('restart', ['ada']);
    await here.stopAuth();
    await here.startAuth();
    await here.holdsUp('restart', '.granted');
    expect(await typesAt('restart')).toEqual(entry);
    expect((await here.told('restart'))[0]?.correlationid).toBe(before.attempt);
  });

  it('outlives the broker, whose displays are shown again', async () => {
    await here.startAuth();
    await here.startAuth();
    await here.setDoor('broker');
    await here.isRecognised('broker', ['ada']);
    await here.broker.kill('SIGKILL');
    await here.broker.restart();
    await here.reconnected();
    await here.shows('broker', ({ phase }) => phase === 'awaiting-code');
    await here.holdsUp('broker', '.granted');
    expect(await typesAt('broker')).toEqual(entry);
  });

  it('ends, though nobody was there to end it when it was due', async () => {
    await here.startAuth();
    await here.setDoor('overdue', { codeWaitS: 5 });
    const { deadline } = await here.isRecognised('overdue', ['ada']);
    await here.stopAuth();
    await until('the deadline has passed', () => here.bus.nowMs() > Number(deadline));
    await here.startAuth();
    const { data } = await here.tells('overdue', '.expired');
    expect(data).toMatchObject({ during: 'awaiting-code', person: 'ada' });
  });
});

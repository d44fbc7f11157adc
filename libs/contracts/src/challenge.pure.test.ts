import { describe, expect, it } from 'vitest';
import { atRest, judgeAct, type MeasuredFace } from './challenge.pure.js';

const face = (yawDeg: number, eyesOpen = 1, aspect = 0.7): MeasuredFace => ({
  yawDeg,
  eyesOpen,
  aspect,
});
const rest = { yawDeg: 0, aspect: 0.7 };
const shut = face(0, 0);

describe('an act that a door asked for', () => {
  it('is a turn to the side that was asked for, seen twice', () => {
    expect(judgeAct('turn-left', [face(0), face(-25)], rest)).toBe('waiting');
    expect(judgeAct('turn-left', [face(0), face(-25), face(-30)], rest)).toBe('done');
    expect(judgeAct('turn-right', [face(0), face(25), face(30)], rest)).toBe('done');
  });

  it('is wrong where the head turned to the other side first', () => {
    const both = [face(22), face(22), face(-25), face(-25)];
    expect(judgeAct('turn-left', both, rest)).toBe('wrong');
    expect(judgeAct('blink', [face(22), face(22), shut, face(0)], rest)).toBe('wrong');
    expect(judgeAct('turn-right', both, rest)).toBe('done');
  });

  it('counts a turn from where the face looked before', () => {
    expect(judgeAct('turn-left', [face(-30), face(-30)], { ...rest, yawDeg: -25 })).toBe('waiting');
    expect(judgeAct('turn-left', [face(-5), face(-5)], { ...rest, yawDeg: 15 })).toBe('done');
  });

  it('is a blink: open, shut, open; everybody blinks, so it is never the wrong act', () => {
    expect(judgeAct('blink', [face(0), shut], rest)).toBe('waiting');
    expect(judgeAct('blink', [shut, face(0)], rest)).toBe('waiting');
    expect(judgeAct('blink', [face(0), face(0, 0.5), face(0)], rest)).toBe('waiting');
    expect(judgeAct('blink', [face(0), shut, shut, face(0)], rest)).toBe('done');
    expect(judgeAct('turn-left', [face(0), shut, face(0)], rest)).toBe('waiting');
  });

  it('is not the turn of a sheet, which gets narrow, nor eyes that are only seen from the side', () => {
    const sheet = [face(0), face(-40, 0, 0.35), face(-40, 0, 0.35), face(0)];
    expect(judgeAct('turn-left', sheet, rest)).toBe('waiting');
    expect(judgeAct('blink', sheet, rest)).toBe('waiting');
    expect(judgeAct('blink', [face(0), face(18, 0), face(0)], rest)).toBe('waiting');
  });

  it('begins from the middle of the looks before it', () => {
    expect(atRest([face(3), face(60), face(1)])).toMatchObject({ yawDeg: 3, aspect: 0.7 });
    expect(atRest([])).toEqual({ yawDeg: 0, aspect: 1 });
  });
});

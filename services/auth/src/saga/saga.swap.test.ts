import { describe, expect, it } from 'vitest';
import { codes, face, faces, Scene } from './saga.fixtures.js';

const ada = ['ada'];
const identified = () => new Scene().seesTimes(3, ada);

describe('awaiting code: who stands there now', () => {
  it('a code waits until its own frame’s face is known', () => {
    const scene = identified().showsOnly('code-1');
    expect(scene.state).toBe('awaiting-code');
    expect(scene.facesOf([face(ada)]).state).toBe('checking-code');
  });

  it.each([
    ['a stranger', face([])],
    ['somebody else', face(['bob'])],
    ['a picture of the person', face(ada, { liveness: 0.1 })],
  ])('%s in the very frame of the code → no change, nothing is counted', (_, who) => {
    const scene = identified().showsOnly('code-1').facesOf([who]);
    expect(scene.state).toBe('awaiting-code');
    expect(scene.questions).toBe(0);
  });

  it('a stranger seen last, then a code that hides the face → no change', () => {
    const scene = identified().sees([]).shows('code-1');
    expect(scene.questions).toBe(0);
  });

  it('the code that hides the face itself, the person seen just before → checking code', () => {
    expect(identified().showsOnly('code-1').facesOf([]).state).toBe('checking-code');
  });

  it('a stranger with the code, then the person again → the showing still counts', () => {
    const scene = identified();
    for (let at = 0; at < 2; at++)
      scene
        .wait(300)
        .showsOnly('code-1')
        .facesOf([face([])]);
    expect(scene.questions).toBe(0);
    scene
      .wait(300)
      .showsOnly('code-1')
      .facesOf([face(ada)]);
    expect(scene.question()).toMatchObject({ candidates: ada });
  });

  it('two people in the very frame of the code → it counts once one of them has gone', () => {
    const scene = identified()
      .showsOnly('code-1')
      .facesOf([face(ada), face(['bob'])]);
    scene.sees(ada);
    expect(scene.questions).toBe(0);
    scene
      .wait(100)
      .showsOnly('code-1')
      .facesOf([face(ada)]);
    expect(scene.questions).toBe(1);
  });

  it('the face of a later frame decides where that of the code’s frame never comes', () => {
    expect(identified().showsOnly('code-1').sees(ada).state).toBe('checking-code');
    expect(identified().showsOnly('code-1').sees([]).state).toBe('awaiting-code');
  });

  it('a face that is slower than the next code → the first code is still judged', () => {
    const scene = identified().showsOnly('code-1');
    const late = scene.now;
    scene.wait(900).showsOnly('code-1');
    scene.sees(ada, {});
    expect(scene.question().capturedAt).toBe(late);
  });

  it('a face and a code by another line of the camera → no change, and they count for nobody there', () => {
    const scene = identified();
    const { door } = scene;
    for (let at = 0; at < 3; at++) {
      const line = 'another-line';
      scene.now += 200;
      scene.hears(faces(scene.now, [face(ada)], { line }));
      scene.tell({ on: 'codes', seen: codes(scene.now, [], { line }) });
    }
    expect(scene.door).toBe(door);
    const shown = codes(scene.now, ['code-1'], { line: 'another-line' });
    scene.tell({ on: 'codes', seen: shown }).hears(faces(scene.now, [face(ada)], shown));
    expect(scene.questions).toBe(0);
  });

  it('a code that comes later than its frame’s face → checked at once', () => {
    const scene = identified().sees(ada);
    scene.now -= 50;
    expect(scene.showsOnly('code-1').state).toBe('checking-code');
  });

  it('a code that comes later than a stranger’s face → no change', () => {
    const scene = identified().sees([]);
    scene.now -= 50;
    expect(scene.showsOnly('code-1').state).toBe('awaiting-code');
  });
});

import { expect, it } from 'vitest';
import { FaceFollower } from './faces.pure.js';

const at = (x: number, name: string | null = null) => ({
  box: { x, y: 100, width: 100, height: 120 },
  name,
});

it('keeps each face’s colour while it moves, also when the faces come in another order', () => {
  const follower = new FaceFollower(4);
  const coloursOf = (faces: Parameters<FaceFollower['follow']>[0], nowMs: number) =>
    follower.follow(faces, nowMs).map(({ colour }) => colour);
  expect(coloursOf([at(100), at(400)], 0)).toEqual([0, 1]);
  expect(coloursOf([at(370), at(130)], 125)).toEqual([1, 0]);
  expect(coloursOf([at(340)], 250)).toEqual([1]);
  expect(coloursOf([at(150), at(340), at(550)], 375)).toEqual([0, 1, 2]);
});

it('gives a face that comes after a while a colour that is free', () => {
  const follower = new FaceFollower(4);
  follower.follow([at(100), at(400)], 0);
  expect(follower.follow([at(400)], 3_000).map(({ colour }) => colour)).toEqual([0]);
});

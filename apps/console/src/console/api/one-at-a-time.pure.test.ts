import { expect, test } from 'vitest';
import { oneAtATime } from './one-at-a-time.pure.js';

test('a reading comes to its end, whatever is asked for meanwhile, and is followed by one more', async () => {
  const ends: (() => void)[] = [];
  const begun = new EventTarget();
  const read = () =>
    new Promise<void>((resolve) => {
      ends.push(resolve);
      begun.dispatchEvent(new Event('read'));
    });
  const nextRead = () =>
    new Promise((resolve) => begun.addEventListener('read', resolve, { once: true }));
  const ask = oneAtATime(read, () => Promise.resolve());
  const first = nextRead();
  for (let times = 0; times < 5; times += 1) ask();
  await first;
  for (let times = 0; times < 5; times += 1) ask();
  expect(ends).toHaveLength(1);
  const second = nextRead();
  ends[0]?.();
  await second;
  const third = nextRead();
  ends[1]?.();
  await Promise.race([third, Promise.resolve().then(() => Promise.resolve())]);
  expect(ends).toHaveLength(2);
});

test('what could not be read is read again when it is asked for again', async () => {
  let reads = 0;
  const done = Promise.withResolvers<void>();
  const ask = oneAtATime(
    () => {
      reads += 1;
      if (reads === 2) done.resolve();
      else ask();
      return Promise.reject(new Error('lost'));
    },
    () => Promise.resolve(),
  );
  ask();
  await done.promise;
  expect(reads).toBe(2);
});

import { expect, test } from 'vitest';
import { cameraWords, faultOf } from './camera-fault.pure.js';

const named = (name: string) => Object.assign(new Error('no'), { name });

test('each way in which a camera fails has a plain sentence and what to do', () => {
  const names = ['NotAllowedError', 'NotFoundError', 'NotReadableError', 'OverconstrainedError'];
  expect(names.map((name) => cameraWords[faultOf(named(name))].title)).toEqual([
    'The camera is not allowed.',
    'There is no camera.',
    'The camera is in use.',
    'There is no camera.',
  ]);
});

test('a failure that no browser has a name for is told as one', () => {
  expect(faultOf(named('constructor'))).toBe('failed');
  expect(faultOf('no')).toBe('failed');
});

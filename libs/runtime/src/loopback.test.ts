import { expect, it } from 'vitest';
import { isLoopback } from './loopback.pure.js';

it.each(['127.0.0.1', '127.1.2.3', 'localhost', 'LOCALHOST', '::1', '[::1]'])(
  '%s is reached from its own machine alone',
  (host) => {
    expect(isLoopback(host)).toBe(true);
  },
);

it.each(['0.0.0.0', '::', '', '10.0.0.1', '127.0.0.1.example', 'localhost.example', '1127.0.0.1'])(
  '%s is reached by others, too',
  (host) => {
    expect(isLoopback(host)).toBe(false);
  },
);

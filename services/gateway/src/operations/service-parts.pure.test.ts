import { serviceNames } from '@latchkey/contracts';
import { expect, it } from 'vitest';
import { serviceParts } from './service-parts.pure.js';

const up = (service: string, instance: string) => ({ service, instance, ready: true, faults: [] });
const why = 'the registry has not filled the gallery yet';
const starting = {
  ...up('face', 'face-2'),
  ready: false,
  faults: [{ check: 'gallery', why }],
};

it('tells of every service, and that one is away which nobody speaks for', () => {
  const parts = serviceParts([up('auth', 'b'), up('auth', 'a'), up('elsewhere', 'x')]);
  expect(parts.map(({ name }) => name)).toEqual([...serviceNames]);
  const auth = parts.find(({ name }) => name === 'auth');
  expect(auth).toMatchObject({ health: 'ok', detail: '2 of 2 ready' });
  expect(auth?.instances.map(({ instance }) => instance)).toEqual(['a', 'b']);
  const away = parts.filter(({ health }) => health === 'away');
  expect(away).toHaveLength(serviceNames.length - 1);
});

it('names each instance that is not ready, and why', () => {
  const face = serviceParts([up('face', 'face-1'), starting]).find(({ name }) => name === 'face');
  expect(face?.health).toBe('not-ready');
  expect(face?.detail).toBe(`1 of 2 ready; face-2: gallery: ${why}`);
});

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

it('says what is not safe of an instance that is ready', () => {
  const warned = { ...up('capture', 'edge'), warnings: ['served in clear'] };
  const capture = serviceParts([warned]).find(({ name }) => name === 'capture');
  expect(capture).toEqual({
    name: 'capture',
    health: 'ok',
    detail: '1 of 1 ready; edge: served in clear',
    instances: [{ instance: 'edge', ready: true, faults: [], warnings: ['served in clear'] }],
  });
});

it('names each instance that is not ready, and why', () => {
  const face = serviceParts([up('face', 'face-1'), starting]).find(({ name }) => name === 'face');
  expect(face?.health).toBe('not-ready');
  expect(face?.detail).toBe(`1 of 2 ready; face-2: gallery: ${why}`);
});

import { expect, it } from 'vitest';
import { status, statusTable } from './status-table.pure.js';

const part = (name: string, health: string, warnings?: string[]) => ({
  name,
  health,
  detail: [`detail of ${name}`, ...(warnings ?? [])].join('; '),
  instances: [{ instance: `${name}-1`, ready: health === 'ok', faults: [], warnings }],
});

it('marks what is ready, what is not safe, and what is not ready, and tells why', () => {
  const parts = [
    part('auth', 'ok'),
    part('capture', 'ok', ['served in clear']),
    part('face', 'not-ready', ['odd']),
  ];
  const read = status.parse({ ready: false, parts, streams: [], consumers: [] });
  const lines = statusTable(read).split('\n');
  expect(lines.filter((line) => line.includes('detail of')).map((line) => line.trim())).toEqual([
    expect.stringMatching(/^✓ +auth +detail of auth$/),
    expect.stringMatching(/^! +capture +detail of capture; served in clear$/),
    expect.stringMatching(/^✗ +face +detail of face; odd$/),
  ]);
});

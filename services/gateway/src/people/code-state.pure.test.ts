import { buckets } from '@latchkey/contracts';
import { expect, it } from 'vitest';
import { codeStateOf } from './code-state.pure.js';

const now = 1_790_000_000_000;
const code = { codeIssuedAt: now - 1_000, codeJob: 'op:lk.v1.notice.code' };
const old = { ...code, codeIssuedAt: now - buckets.deliveries.ttlMs - 1 };

it.each([
  ['none', { codeIssuedAt: 0, codeJob: '' }, null],
  ['sending', code, null],
  ['mailed', code, 'sent'],
  ['failed', code, 'failed'],
  ['unknown', code, 'unknown'],
  ['unknown', old, null],
  ['unknown', { ...code, codeJob: '' }, null],
] as const)('says %s of the code %j of which the ledger says %s', (state, person, mailed) => {
  expect(codeStateOf(person, mailed, now)).toBe(state);
});

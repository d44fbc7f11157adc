import { readConfig } from '@latchkey/runtime/config';
import { CODE_BUDGET_MS } from '@latchkey/vision';
import { expect, it } from 'vitest';
import { qrConfig } from './qr.config.js';

it('looks at a picture for as long as `latchkey evaluate codes` does, where nothing else is set', () => {
  expect(readConfig(qrConfig, {}).LK_QR_BUDGET_MS).toBe(CODE_BUDGET_MS);
});

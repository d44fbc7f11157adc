import { frameId } from '@latchkey/contracts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { uuidV7 } from './frame-id.pure.js';

it('is a UUID of version 7 whose order is that of time', () => {
  const moment = fc.integer({ min: 0, max: 2 ** 47 });
  const random = fc.uint8Array({ minLength: 10, maxLength: 10 });
  fc.assert(
    fc.property(moment, random, moment, random, (atMs, bytes, laterMs, otherBytes) => {
      const id = uuidV7(atMs, bytes);
      expect(frameId.safeParse(id).success).toBe(true);
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(atMs);
      const other = uuidV7(laterMs, otherBytes);
      expect(atMs === laterMs || id < other === atMs < laterMs).toBe(true);
    }),
  );
});

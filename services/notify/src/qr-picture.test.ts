import { describe, expect, it } from 'vitest';
import { drawCode } from './qr-picture.js';

describe("a code's picture", () => {
  it('is a PNG of at least 300 pixels a side', async () => {
    const png = Buffer.from(await drawCode('LK1.AAAAAAAAAAAAAAAAAAAAAA'));
    expect(png.subarray(1, 4).toString('ascii')).toBe('PNG');
    expect(png.readUInt32BE(16)).toBeGreaterThanOrEqual(300);
    expect(png.readUInt32BE(20)).toBe(png.readUInt32BE(16));
  });
});

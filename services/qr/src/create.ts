import { consumers } from '@latchkey/contracts';
import { CONFIG, defineService, loadPublicKey, loadSecret } from '@latchkey/runtime';
import { createCodeReader } from '@latchkey/vision';
import type { ShowingKeys } from './describe-codes.js';
import { ObserveCodesHandler } from './observe-codes.handler.js';
import { type QrConfig, qrConfig } from './qr.config.js';
import { CODE_READER, SHOWING_KEYS } from './tokens.js';

export type { QrConfig } from './qr.config.js';

/** Frames → the codes in them, sealed for the registry. */
export const qr = defineService({
  name: 'qr',
  config: qrConfig,
  providers: [
    { provide: CODE_READER, useFactory: createCodeReader },
    { provide: SHOWING_KEYS, inject: [CONFIG], useFactory: loadShowingKeys },
  ],
  handlers: [ObserveCodesHandler],
  consumers: [consumers.qrFrames],
  streams: ['OBSERVATIONS'],
});

async function loadShowingKeys({ LK_KEYS_DIR }: QrConfig): Promise<ShowingKeys> {
  return {
    registryKey: await loadPublicKey(LK_KEYS_DIR, 'registry'),
    tagKey: await loadSecret(LK_KEYS_DIR, 'tag'),
  };
}

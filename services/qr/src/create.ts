import { parts } from '@latchkey/contracts';
import { CONFIG, defineService, watchPublicKey, watchSecret } from '@latchkey/runtime';
import { createCodeReader } from '@latchkey/vision';
import type { ShowingKeys } from './describe-codes.js';
import { ObserveCodesHandler } from './observe-codes.handler.js';
import { type QrConfig, qrConfig } from './qr.config.js';
import { CODE_READER, SHOWING_KEYS } from './tokens.js';

export type { QrConfig } from './qr.config.js';

/** Frames → the codes in them, sealed for the registry. */
export const qr = defineService({
  ...parts.qr,
  config: qrConfig,
  providers: [
    { provide: CODE_READER, useFactory: createCodeReader },
    { provide: SHOWING_KEYS, inject: [CONFIG], useFactory: loadShowingKeys },
  ],
  handlers: [ObserveCodesHandler],
});

function loadShowingKeys({ LK_KEYS_DIR }: QrConfig): ShowingKeys {
  return {
    registryKey: watchPublicKey(LK_KEYS_DIR, 'registry'),
    tagKey: watchSecret(LK_KEYS_DIR, 'tag'),
  };
}

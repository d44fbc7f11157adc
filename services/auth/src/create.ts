import 'reflect-metadata';
import { parts } from '@latchkey/contracts';
import { defineService } from '@latchkey/runtime';
import { CancelRequestedHandler } from './cancel-requested.handler.js';
import { CodesObservedHandler } from './codes-observed.handler.js';
import { authConfig } from './config.js';
import { FacesObservedHandler } from './faces-observed.handler.js';
import { NewCodeRequestedHandler } from './new-code-requested.handler.js';
import { providers } from './providers.js';

export { EffectCarrier } from './effect-carrier.js';

/** Decides what a door does next. */
export const auth = defineService({
  ...parts.auth,
  config: authConfig,
  handlers: [
    FacesObservedHandler,
    CodesObservedHandler,
    CancelRequestedHandler,
    NewCodeRequestedHandler,
  ],
  providers,
});

import { ADMIN_IDENTITY } from '@latchkey/contracts';
import { type Bus, connectBus, createLogger } from '@latchkey/runtime';

const log = createLogger({ service: 'test', instance: 'test', level: 'silent' });

/** A connection to a guarded broker that may do everything: to look, and to set the scene. */
export const connectAsAdmin = (url: string, keysDir: string): Promise<Bus> =>
  connectBus({ url, name: 'test', identity: ADMIN_IDENTITY, keysDir, log });

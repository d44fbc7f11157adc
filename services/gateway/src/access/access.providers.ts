import { buckets } from '@latchkey/contracts';
import { BUS, type Bus, CONFIG, openBucket } from '@latchkey/runtime';
import type { Provider } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { GatewayConfig } from '../config.js';
import { countFailedTries } from '../http/failed-tries.pure.js';
import { RegistryClient } from '../registry.client.js';
import { FirstAdministrator, invitation } from './first-administrator.js';
import { Passwords } from './passwords.js';
import { session, Sessions } from './sessions.js';
import { SignIn, type SignInTries } from './sign-in.js';

const MINUTE_MS = 60_000;
const KEYS = 10_000;
/** NIST SP 800-63B-4, 3.2.2: no more than a hundred failed tries of one account before something else must happen. */
const tries = (): SignInTries => ({
  address: countFailedTries({ tries: 30, windowMs: MINUTE_MS, keys: KEYS }),
  pair: countFailedTries({ tries: 5, windowMs: MINUTE_MS, keys: KEYS }),
  account: countFailedTries({ tries: 30, windowMs: 10 * MINUTE_MS, keys: KEYS }),
});

/** The buckets of who is signed in. */
export const accessBuckets = [buckets.sessions, buckets.invitations];

/** What signing in is made of. */
export const accessProviders: readonly Provider[] = [
  Passwords,
  {
    provide: Sessions,
    inject: [BUS, RegistryClient, CONFIG],
    useFactory: async (bus: Bus, registry: RegistryClient, config: GatewayConfig) => {
      const limits = {
        idleMs: config.LK_IDLE_MINUTES * MINUTE_MS,
        absoluteMs: buckets.sessions.ttlMs,
      };
      return new Sessions(bus, await openBucket(bus, buckets.sessions, session), registry, limits);
    },
  },
  {
    provide: SignIn,
    inject: [BUS, RegistryClient, Sessions, Passwords],
    useFactory: (bus: Bus, registry: RegistryClient, sessions: Sessions, passwords: Passwords) =>
      new SignIn(bus, registry, sessions, passwords, tries()),
  },
  {
    provide: FirstAdministrator,
    inject: [BUS, RegistryClient, CONFIG, HttpAdapterHost],
    useFactory: async (
      bus: Bus,
      registry: RegistryClient,
      config: GatewayConfig,
      http: HttpAdapterHost,
    ) => {
      const invitations = await openBucket(bus, buckets.invitations, invitation);
      return new FirstAdministrator({ bus, invitations, registry, http, config });
    },
  },
];

import { buckets } from '@latchkey/contracts';
import { BUS, type Bus, CONFIG, LOGGER, type Logger, openBucket } from '@latchkey/runtime';
import type { Provider } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { GatewayConfig } from '../config.js';
import { RegistryClient } from '../registry.client.js';
import { FailedSignIns } from './failed-sign-ins.js';
import { FirstAdministrator, invitation } from './first-administrator.js';
import { openOwnBucket } from './own-bucket.js';
import { Passwords } from './passwords.js';
import { session, Sessions } from './sessions.js';
import { SharedTries, tryWindow } from './shared-tries.js';
import { SignIn, type SignInTries } from './sign-in.js';

const MINUTE_MS = 60_000;

/**
 * One address alone cannot use up the tries of an account. NIST SP 800-63B-4, 3.2.2: no more than a hundred failed tries of one
 * account before something else must happen; here the account is slowed to 5 in 10 minutes, until nobody has tried for hours.
 */
export const limits = {
  address: { tries: 30, windowMs: MINUTE_MS },
  pair: { tries: 5, windowMs: MINUTE_MS },
  steady: { tries: 15, windowMs: 10 * MINUTE_MS },
  account: { tries: 30, windowMs: 10 * MINUTE_MS, slowed: { after: 100, tries: 5 } },
} as const;

async function openTries(bus: Bus): Promise<SignInTries> {
  const bucket = await openBucket(bus, buckets.tries, tryWindow);
  const counter = (name: keyof typeof limits) => new SharedTries(bus, bucket, name, limits[name]);
  return {
    address: counter('address'),
    pair: counter('pair'),
    steady: counter('steady'),
    account: counter('account'),
  };
}

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
      const bucket = await openOwnBucket(bus, buckets.sessions, session, config);
      return new Sessions(bus, bucket, registry, limits);
    },
  },
  {
    provide: FailedSignIns,
    inject: [RegistryClient, LOGGER],
    useFactory: (registry: RegistryClient, log: Logger) => new FailedSignIns(registry, log),
  },
  {
    provide: SignIn,
    inject: [BUS, RegistryClient, Sessions, Passwords, FailedSignIns],
    useFactory: async (
      bus: Bus,
      registry: RegistryClient,
      sessions: Sessions,
      passwords: Passwords,
      failed: FailedSignIns,
    ) => new SignIn({ bus, registry, sessions, passwords, failed, tries: await openTries(bus) }),
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
      const invitations = await openOwnBucket(bus, buckets.invitations, invitation, config);
      return new FirstAdministrator({ bus, invitations, registry, http, config });
    },
  },
];

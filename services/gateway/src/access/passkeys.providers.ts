import { buckets } from '@latchkey/contracts';
import { BUS, type Bus, CONFIG, openBucket, REPORT, type Report } from '@latchkey/runtime';
import type { Provider } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { GatewayConfig } from '../config.js';
import { RegistryClient } from '../registry.client.js';
import { limits } from './access.providers.js';
import { FailedSignIns } from './failed-sign-ins.js';
import { openOwnBucket } from './own-bucket.js';
import { challenge, PasskeyChallenges } from './passkey-challenges.js';
import { PasskeySite } from './passkey-site.js';
import { Passkeys, type PasskeyTries } from './passkeys.js';
import { Sessions } from './sessions.js';
import { SharedTries, tryWindow } from './shared-tries.js';

/** Each page that is opened may begin one; it costs an entry that lies for five minutes. */
const begun = { tries: 60, windowMs: 60_000 } as const;

/** Those of an address are the passwords', too: whoever guesses may choose neither. */
async function openTries(bus: Bus): Promise<PasskeyTries> {
  const bucket = await openBucket(bus, buckets.tries, tryWindow);
  return {
    begun: new SharedTries(bus, bucket, 'passkeys-begun', begun),
    address: new SharedTries(bus, bucket, 'address', limits.address),
    passkey: new SharedTries(bus, bucket, 'passkey', limits.pair),
  };
}

/** What passkeys need. */
export const passkeyProviders: readonly Provider[] = [
  {
    provide: PasskeySite,
    inject: [CONFIG, HttpAdapterHost],
    useFactory: (config: GatewayConfig, http: HttpAdapterHost) => new PasskeySite(config, http),
  },
  {
    provide: Passkeys,
    inject: [BUS, RegistryClient, Sessions, PasskeySite, FailedSignIns, REPORT, CONFIG],
    useFactory: async (
      bus: Bus,
      registry: RegistryClient,
      sessions: Sessions,
      site: PasskeySite,
      failed: FailedSignIns,
      report: Report,
      config: GatewayConfig,
    ) => {
      const bucket = await openOwnBucket(bus, buckets.challenges, challenge, config);
      const challenges = new PasskeyChallenges(bus, bucket);
      const tries = await openTries(bus);
      return new Passkeys({ registry, sessions, challenges, site, tries, failed, report });
    },
  },
];

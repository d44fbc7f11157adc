import { readFileSync } from 'node:fs';
import { buckets } from '@latchkey/contracts';
import { BUS, type Bus, CONFIG, Failure, LOGGER, type Logger, openBucket } from '@latchkey/runtime';
import type { Provider } from '@nestjs/common';
import type { GatewayConfig } from '../config.js';
import { expressPath } from '../http/route.js';
import { RegistryClient } from '../registry.client.js';
import { openOwnBucket } from './own-bucket.js';
import { SharedTries, tryWindow } from './shared-tries.js';
import { SignIn } from './sign-in.js';
import { signOn, SingleSignOn } from './single-sign-on.js';
import { IdentityProvider } from './single-sign-on.provider.js';
import { finishSingleSignOn } from './single-sign-on.routes.js';
import type { SingleSignOnFacts } from './single-sign-on.settings.js';

/** Of an address, behind which a whole campus may be: it bounds what strangers have kept and the provider asked. */
const limit = { tries: 100, windowMs: 60_000 };

/** Single sign-on where it is set, else `null`. */
export const singleSignOnProviders: readonly Provider[] = [
  {
    provide: SingleSignOn,
    inject: [BUS, RegistryClient, SignIn, CONFIG, LOGGER],
    useFactory: async (
      bus: Bus,
      registry: RegistryClient,
      signIn: SignIn,
      config: GatewayConfig,
      log: Logger,
    ) => {
      const facts = factsOf(config);
      if (!facts) return null;
      // Never by what a request says of its host: the code would go wherever that leads.
      const redirectUri = facts.publicOrigin + expressPath(finishSingleSignOn);
      const provider = new IdentityProvider(facts, redirectUri, log);
      const bucket = await openOwnBucket(bus, buckets.signOns, signOn, config);
      const counts = await openBucket(bus, buckets.tries, tryWindow);
      const tries = new SharedTries(bus, counts, 'sign-on', limit);
      return new SingleSignOn({ bus, bucket, tries, registry, signIn, provider });
    },
  },
];

/** The settings hold that all or none are there. */
function factsOf(config: GatewayConfig): SingleSignOnFacts | null {
  const { LK_OIDC_ISSUER: issuer, LK_OIDC_CLIENT_ID: clientId, LK_PUBLIC_URL: url } = config;
  if (issuer === undefined || clientId === undefined || url === undefined) return null;
  return {
    issuer: new URL(issuer),
    clientId,
    secret: config.LK_OIDC_CLIENT_SECRET ?? readSecret(config.LK_OIDC_CLIENT_SECRET_FILE ?? ''),
    name: config.LK_OIDC_NAME,
    scopes: config.LK_OIDC_SCOPES,
    claim: config.LK_OIDC_CLAIM,
    publicOrigin: new URL(url).origin,
  };
}

function readSecret(file: string): string {
  let text = '';
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch {
    // Said below, as of an empty file.
  }
  if (text !== '') return text;
  throw Failure.terminal(
    'LK-KEY-001',
    `LK_OIDC_CLIENT_SECRET_FILE names ${file}, which is missing, empty or cannot be read.`,
  );
}

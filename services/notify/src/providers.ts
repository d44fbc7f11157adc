import { readFile } from 'node:fs/promises';
import { buckets, delivery, doorPolicy, objectStores } from '@latchkey/contracts';
import {
  BUS,
  type Bus,
  CONFIG,
  ConfigError,
  LOGGER,
  type Logger,
  openBucket,
  openObjects,
  openSignedBucket,
  REPORT,
  type Report,
} from '@latchkey/runtime';
import type { FactoryProvider, Provider } from '@nestjs/common';
import { Announcer } from './announcer.js';
import type { NotifyConfig } from './config.js';
import { DoorPolicies } from './door-policy.store.js';
import { Evidence } from './evidence.store.js';
import { Freshness } from './freshness.js';
import { GatheredMails } from './gathered-mails.js';
import { GatheringReport } from './gathering-report.js';
import { gatheringWindow } from './gathering-window.pure.js';
import { Gatherings } from './gatherings.store.js';
import { Ledger } from './ledger.store.js';
import { Mailer } from './mailer.js';
import { NewestCodes, newestCode } from './newest-codes.store.js';
import { NotifyKeys } from './notify-keys.js';
import { Postman } from './postman.js';
import { RegistryClient } from './registry.client.js';

/** A provider whose factory gets what `inject` names, in that order. */
function provide<Value>(
  token: FactoryProvider<Value>['provide'],
  inject: NonNullable<FactoryProvider['inject']>,
  useFactory: FactoryProvider<Value>['useFactory'],
): Provider {
  return { provide: token, inject, useFactory };
}

/** What notify's handlers are made of. */
export const providers: readonly Provider[] = [
  provide(NotifyKeys, [CONFIG], (config: NotifyConfig) => new NotifyKeys(config.LK_KEYS_DIR)),
  provide(RegistryClient, [CONFIG], (config: NotifyConfig) => {
    return new RegistryClient(config.LK_REGISTRY_URL, config.LK_KEYS_DIR);
  }),
  provide(Mailer, [CONFIG], openMailer),
  provide(Ledger, [BUS], async (bus: Bus) => {
    return new Ledger(await openBucket(bus, buckets.deliveries, delivery));
  }),
  provide(DoorPolicies, [BUS, CONFIG], async (bus: Bus, { LK_KEYS_DIR }: NotifyConfig) => {
    const by = { keysDir: LK_KEYS_DIR, signer: 'registry' };
    return new DoorPolicies(await openSignedBucket(bus, buckets.policy, doorPolicy, by));
  }),
  provide(Evidence, [BUS, NotifyKeys], async (bus: Bus, keys: NotifyKeys) => {
    return new Evidence(await openObjects(bus, objectStores.evidence), keys.evidenceSeed);
  }),
  provide(NewestCodes, [BUS], async (bus: Bus) => {
    return new NewestCodes(await openBucket(bus, buckets.newestCodes, newestCode));
  }),
  provide(Gatherings, [BUS, CONFIG], async (bus: Bus, config: NotifyConfig) => {
    const windows = await openBucket(bus, buckets.gathering, gatheringWindow);
    return new Gatherings(windows, config.LK_GATHER_S * 1_000);
  }),
  provide(Announcer, [BUS, RegistryClient], (bus: Bus, registry: RegistryClient) => {
    return new Announcer(bus, registry);
  }),
  provide(
    GatheredMails,
    [Announcer, DoorPolicies],
    (announcer: Announcer, doors: DoorPolicies) => new GatheredMails(announcer, doors),
  ),
  provide(Freshness, [BUS, REPORT, CONFIG], (bus: Bus, report: Report, config: NotifyConfig) => {
    return new Freshness({ bus, report, maxAgeH: config.LK_NEWS_MAX_AGE_H });
  }),
  provide(
    GatheringReport,
    [Gatherings, GatheredMails, BUS, LOGGER],
    (gatherings: Gatherings, mails: GatheredMails, bus: Bus, log: Logger) =>
      new GatheringReport({ gatherings, mails, bus, log }),
  ),
  provide(
    Postman,
    [BUS, Ledger, Mailer, REPORT],
    (bus: Bus, ledger: Ledger, mailer: Mailer, report: Report) =>
      new Postman({ bus, ledger, mailer, report }),
  ),
];

async function openMailer(config: NotifyConfig): Promise<Mailer> {
  return new Mailer({
    url: config.SMTP_URL,
    user: config.SMTP_USER,
    pass: config.SMTP_PASS,
    ca: await readCertificate(config.SMTP_CA_FILE),
    allowPlaintext: config.LK_SMTP_ALLOW_PLAINTEXT,
    from: config.LK_MAIL_FROM,
  });
}

/** @throws ConfigError where the file cannot be read */
async function readCertificate(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  try {
    return await readFile(path, 'utf8');
  } catch {
    const expected = 'a PEM file that can be read';
    throw new ConfigError([
      { name: 'SMTP_CA_FILE', expected, came: 'a path of none', fix: 'mend SMTP_CA_FILE' },
    ]);
  }
}

import { readFileSync } from 'node:fs';
import {
  acknowledgement,
  buckets,
  delivery,
  doorDisplay,
  objectStores,
  parts,
} from '@latchkey/contracts';
import {
  BUS,
  type Bus,
  CONFIG,
  defineService,
  openBucket,
  type Objects,
  openObjects,
  LOGGER,
  type Logger,
} from '@latchkey/runtime';
import { ExpressAdapter } from '@nestjs/platform-express';
import { AccountController } from './access/account.controller.js';
import { FirstAdministratorController } from './access/first-administrator.controller.js';
import { OperatorsController } from './access/operators.controller.js';
import { requirePermissions } from './access/permissions.pure.js';
import { accessProviders } from './access/access.providers.js';
import { OperatorSingleSignOnController } from './access/operator-single-sign-on.controller.js';
import { PasskeysController } from './access/passkeys.controller.js';
import { passkeyProviders } from './access/passkeys.providers.js';
import { SignInController } from './access/sign-in.controller.js';
import { SingleSignOnController } from './access/single-sign-on.controller.js';
import { singleSignOnProviders } from './access/single-sign-on.providers.js';
import { type GatewayConfig, gatewayConfig } from './config.js';
import { configureHttp } from './configure-http.js';
import { DocsController } from './docs/docs.controller.js';
import { openApiDocument } from './docs/openapi.document.js';
import { DisplayController } from './doors/display.controller.js';
import { DoorsController } from './doors/doors.controller.js';
import { Presences } from './doors/presences.js';
import { PictureController } from './doors/picture.controller.js';
import { LockController } from './doors/lock.controller.js';
import { PairingController } from './doors/pairing.controller.js';
import { ReachController } from './doors/reach.controller.js';
import { Cursors } from './events/cursors.js';
import { EventsController } from './events/events.controller.js';
import { LiveController } from './events/live.controller.js';
import { defaultLiveLimits } from './events/live-stream.js';
import { Photographs } from './events/photographs.js';
import { AlertsController } from './happened/alerts.controller.js';
import { History } from './happened/history.js';
import { InsightsController } from './happened/insights.controller.js';
import { OverviewController } from './happened/overview.controller.js';
import { requireHandlers } from './http/wiring.js';
import { Acts } from './operations/acts.js';
import { InboxClient } from './inbox/inbox.client.js';
import { InboxController } from './inbox/inbox.controller.js';
import { AuditController } from './operations/audit.controller.js';
import { DeadLettersController } from './operations/dead-letters.controller.js';
import { DeliveriesController } from './operations/deliveries.controller.js';
import { Looks } from './operations/looks.js';
import { ModelsController } from './operations/models.controller.js';
import { StatusController } from './operations/status.controller.js';
import { HeldController } from './people/held.controller.js';
import { PeopleController } from './people/people.controller.js';
import { PeopleListsController } from './people/people-lists.controller.js';
import { PersonAnswers } from './people/person-answers.js';
import { SamplesController } from './people/samples.controller.js';
import { RegistryClient } from './registry.client.js';
import { AccessDeniedHandler } from './visitors/access-denied.handler.js';
import { VisitorsController } from './visitors/visitors.controller.js';
import { routes } from './route-table.js';
import { ACKNOWLEDGED, DELIVERIES, DISPLAYS, EVIDENCE, LIVE_LIMITS, OPENAPI } from './tokens.js';

const controllers = [
  SignInController,
  FirstAdministratorController,
  AccountController,
  PasskeysController,
  OperatorsController,
  SingleSignOnController,
  OperatorSingleSignOnController,
  // Before the people: `export` is nobody's id.
  PeopleListsController,
  HeldController,
  PeopleController,
  SamplesController,
  // Before the doors: `overview` is no door's id.
  OverviewController,
  DoorsController,
  LockController,
  PairingController,
  ReachController,
  DisplayController,
  PictureController,
  EventsController,
  LiveController,
  AlertsController,
  VisitorsController,
  InsightsController,
  StatusController,
  DeliveriesController,
  DeadLettersController,
  AuditController,
  ModelsController,
  InboxController,
];
requireHandlers(routes, controllers);
requirePermissions(routes);

export { LIVE_LIMITS } from './tokens.js';

/** The gateway: REST with OpenAPI over people, doors, events and operations. */
export const gateway = defineService<GatewayConfig>({
  ...parts.gateway,
  config: gatewayConfig,
  handlers: [...controllers, DocsController, AccessDeniedHandler],
  providers: [
    ...accessProviders,
    ...singleSignOnProviders,
    ...passkeyProviders,
    {
      provide: RegistryClient,
      inject: [CONFIG],
      useFactory: (config: GatewayConfig) =>
        new RegistryClient(config.LK_REGISTRY_URL, config.LK_KEYS_DIR),
    },
    {
      provide: DISPLAYS,
      inject: [BUS],
      useFactory: (bus: Bus) => openBucket(bus, buckets.display, doorDisplay),
    },
    {
      provide: Presences,
      inject: [BUS],
      useFactory: (bus: Bus) => Presences.open(bus),
    },
    {
      provide: ACKNOWLEDGED,
      inject: [BUS],
      useFactory: (bus: Bus) => openBucket(bus, buckets.acknowledged, acknowledgement),
    },
    History,
    PersonAnswers,
    {
      provide: InboxClient,
      inject: [CONFIG],
      useFactory: (config: GatewayConfig) => new InboxClient(config.LK_INBOX_URL),
    },
    {
      provide: DELIVERIES,
      inject: [BUS],
      useFactory: (bus: Bus) => openBucket(bus, buckets.deliveries, delivery),
    },
    {
      provide: EVIDENCE,
      inject: [BUS],
      useFactory: (bus: Bus) => openObjects(bus, objectStores.evidence),
    },
    {
      provide: Photographs,
      inject: [EVIDENCE, CONFIG],
      useFactory: (evidence: Objects, config: GatewayConfig) =>
        new Photographs(evidence, config.LK_KEYS_DIR),
    },
    {
      provide: Cursors,
      inject: [CONFIG],
      useFactory: (config: GatewayConfig) => new Cursors(config.LK_KEYS_DIR),
    },
    {
      provide: Acts,
      inject: [RegistryClient, LOGGER],
      useFactory: (registry: RegistryClient, log: Logger) => new Acts(registry, log),
    },
    {
      provide: Looks,
      inject: [RegistryClient, BUS],
      useFactory: (registry: RegistryClient, bus: Bus) => new Looks(registry, bus),
    },
    { provide: LIVE_LIMITS, useValue: defaultLiveLimits },
    { provide: OPENAPI, useFactory: () => openApiDocument(routes) },
  ],
  http: {
    port: (config) => config.LK_GATEWAY_PORT,
    host: (config) => config.LK_GATEWAY_HOST,
    adapter: () => new ExpressAdapter(),
    options: (config) => ({ bodyParser: false, forceCloseConnections: true, ...tlsOf(config) }),
    configure: configureHttp,
  },
});

function tlsOf({ LK_TLS_CERT_FILE: cert, LK_TLS_KEY_FILE: key }: GatewayConfig) {
  if (cert === undefined || key === undefined) return {};
  return { httpsOptions: { cert: readFileSync(cert), key: readFileSync(key) } };
}

export { type Bus, type BusFacts, connectBus } from './bus.js';
export { accessAs, type BrokerAddress } from './bus-access.js';
export { type Clock, MAX_CLOCK_OFFSET_MS } from './clock.js';
export {
  type CommonConfig,
  ConfigError,
  type ConfigFault,
  type ConfigSchema,
  commonConfig,
  readConfig,
} from './config.js';
export { defineService } from './define-service.js';
export { Failure, type FailureFacts, type FailureKind, toFailure } from './failure.js';
export { gather } from './gather.js';
export { type CallContext, type GrpcHandlers, type RunningGrpc, serveGrpc } from './grpc.js';
export { callUnary, connectGrpc, type GrpcConnection } from './grpc-client.js';
export { fromServiceError, toServiceError } from './grpc-failure.js';
export { type GrpcIdentity, loadGrpcIdentity } from './grpc-identity.js';
export {
  type EventHandler,
  type Frame,
  OnEvent,
  OnFrame,
  OnRequest,
  OnSubject,
  type Question,
} from './handlers.js';
export { type Health, type HealthCheck, type HealthFacts, startHealth } from './health.js';
export { JetStreamStrategy } from './jetstream.strategy.js';
export { allKeys, type Held, KeyFile, newestKey, withEachKey } from './key-file.js';
export {
  loadPublicKey,
  loadSecret,
  loadSeed,
  watchPublicKey,
  watchSecret,
  watchSeed,
} from './key-files.js';
export {
  type Bucket,
  type Codec,
  type Entry,
  openBucket,
  openCodedBucket,
} from './kv.js';
export { isLoopback } from './loopback.pure.js';
export type { BucketWatcher, EntryChange } from './kv-watch.js';
export { createLogger, type Logger, type LoggerFacts, nestLogger } from './logger.js';
export { type Closable, runMain } from './main.js';
export type { MessageContext } from './message-context.js';
export { createMetrics, type Metrics } from './metrics.js';
export { newestFrame } from './newest-frame.js';
export { newOperatorToken, watchOperatorDigests } from './operator-token.js';
export { type Objects, type ObjectWriter, openObjects, openObjectWriter } from './objects.js';
export {
  type EventFacts,
  type Published,
  publishEvent,
  publishFrame,
  type RequestFacts,
  request,
} from './publish.js';
export { REDACTED, redact, redactText } from './redact.pure.js';
export { keepNewest } from './keep-newest.pure.js';
export { networkOf } from './network-of.pure.js';
export { dropLetter } from './replay.js';
export { equalSecrets, open, seal, sealBytes } from './seal.js';
export {
  isSignedBy,
  loadSigner,
  loadSignerKey,
  loadSignerKeysEver,
  type Signer,
  watchSignerKey,
} from './sign.js';
export { openSignedBucket, type SignedEntries, signedEntries } from './signed-entries.js';
export { openingFault, type OpeningFacts, signOpening } from './opening.pure.js';
export type {
  DefinedService,
  HttpFacts,
  Service,
  ServiceDefinition,
  ServiceOverrides,
} from './service.js';
export { dropStored, type StoredMessage } from './drop-stored.js';
export { readStoredEvents } from './stored-events.js';
export { type RunningSubscription, subscribeEvents } from './subscribe.js';
export { createReport, type Report, type ReportFacts } from './telemetry.js';
export { BUS, CLOCK, CONFIG, HEALTH, LOGGER, METRICS, REPORT } from './tokens.js';
export { campusTopology, ensureTopology, type Topology } from './topology.js';
export { isErrorCode } from './wire-failure.js';

/** For the bench: the read model of what happened, without the gateway around it. */
export { findAlerts } from './happened/find-alerts.js';
export { findEvents } from './happened/find-events.js';
export { findInsights } from './happened/find-insights.js';
export { type Occurrence, occurrenceOf } from './happened/occurrence.pure.js';
export { ReadModel } from './happened/read-model.js';
export { SiteClock } from './happened/site-hours.pure.js';
export { StreamFollower } from './happened/stream-follower.js';

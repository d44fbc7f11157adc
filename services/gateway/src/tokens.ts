/** What the gateway offers to its controllers, by `@Inject(TOKEN)`. */
export const DISPLAYS = Symbol('gateway.displays');
export const EVIDENCE = Symbol('gateway.evidence');
export const LIVE_LIMITS = Symbol('gateway.live-limits');
export const OPENAPI = Symbol('gateway.openapi');
export const DELIVERIES = Symbol('gateway.deliveries');
export const ACKNOWLEDGED = Symbol('gateway.acknowledged');

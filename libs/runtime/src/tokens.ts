/** What runtime offers to a service's providers and handlers, by `@Inject(TOKEN)`. */
export const BUS = Symbol('latchkey.bus');
export const CONFIG = Symbol('latchkey.config');
export const LOGGER = Symbol('latchkey.logger');
export const METRICS = Symbol('latchkey.metrics');
export const CLOCK = Symbol('latchkey.clock');
export const REPORT = Symbol('latchkey.report');
export const HEALTH = Symbol('latchkey.health');

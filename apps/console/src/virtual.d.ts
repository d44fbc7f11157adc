declare module 'virtual:api-facts' {
  import type { RouteId } from '@latchkey/gateway/api';

  /** Each route's method and its path under `/api/v1`. */
  export const routes: Readonly<Record<RouteId, readonly [method: string, path: string]>>;
  /** The types of the events that a live stream may tell. */
  export const eventTypes: readonly string[];
}

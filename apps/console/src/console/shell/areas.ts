import type { RouteId } from '@latchkey/gateway/api';
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

/** One area of the console: its place, its name in the menu, and what one must be allowed to do to see it. */
export interface Area {
  readonly path: string;
  readonly name: string;
  readonly needs: RouteId;
  /** Loaded when it is first visited. */
  readonly Page: LazyExoticComponent<ComponentType>;
}

/** Every area, in the menu's order. A page of an area has the area's path as its beginning. */
export const areas: readonly Area[] = [
  {
    path: '/',
    name: 'Live',
    needs: 'listEvents',
    Page: lazy(() => import('../live/live-page.js')),
  },
  {
    path: '/people',
    name: 'People',
    needs: 'listPeople',
    Page: lazy(() => import('../people/people-area.js')),
  },
  {
    path: '/register',
    name: 'Registration',
    needs: 'createPerson',
    Page: lazy(() => import('../enrol/enrol-area.js')),
  },
  {
    path: '/visitors',
    name: 'Visitors',
    needs: 'listAlerts',
    Page: lazy(() => import('../visitors/visitors-page.js')),
  },
  {
    path: '/doors',
    name: 'Doors',
    needs: 'listDoors',
    Page: lazy(() => import('../doors/doors-area.js')),
  },
  {
    path: '/messages',
    name: 'Messages',
    needs: 'listDeliveries',
    Page: lazy(() => import('../messages/messages-area.js')),
  },
  {
    path: '/insights',
    name: 'Insights',
    needs: 'getInsights',
    Page: lazy(() => import('../insights/insights-page.js')),
  },
  {
    path: '/system',
    name: 'System',
    needs: 'getStatus',
    Page: lazy(() => import('../system/system-page.js')),
  },
  {
    path: '/audit',
    name: 'Audit',
    needs: 'listAudit',
    Page: lazy(() => import('../audit/audit-page.js')),
  },
  {
    path: '/operators',
    name: 'Operators',
    needs: 'listOperators',
    Page: lazy(() => import('../operators/operators-page.js')),
  },
];

/** Whether a page belongs to the area of that path. */
export function isWithin(path: string, location: string): boolean {
  return path === '/' ? location === '/' : location === path || location.startsWith(`${path}/`);
}

/** One's own account; it is reached by one's name, not by the menu. */
export const account: Omit<Area, 'needs'> = {
  path: '/account',
  name: 'Your account',
  Page: lazy(() => import('../account/account-page.js')),
};

import type { RouteId } from '@latchkey/gateway/api';
import { type ComponentType, type LazyExoticComponent } from 'react';

/** One area of the console: its place, its name in the menu, and what one must be allowed to do to see it. */
export interface Area {
  readonly path: string;
  readonly name: string;
  readonly needs: RouteId;
  /** Loaded when it is first visited. */
  readonly Page: LazyExoticComponent<ComponentType>;
}

/** Every area, in the menu's order. A page of an area has the area's path as its beginning. */
export const areas: readonly Area[] = [];

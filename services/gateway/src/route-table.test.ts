import { expect, it } from 'vitest';
import * as doors from './doors/doors.routes.js';
import * as events from './events/events.routes.js';
import * as alerts from './happened/alerts.routes.js';
import * as overview from './happened/overview.routes.js';
import * as operations from './operations/operations.routes.js';
import * as people from './people/people.routes.js';
import { routes } from './route-table.js';

it('exports every route under its id, by which clients look up its types', () => {
  const exported = Object.entries({
    ...people,
    ...doors,
    ...overview,
    ...events,
    ...alerts,
    ...operations,
  });
  expect(exported.map(([name]) => name)).toEqual(exported.map(([, { id }]) => id));
  expect(exported).toHaveLength(routes.length);
});

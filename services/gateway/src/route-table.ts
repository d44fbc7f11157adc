import * as access from './access/access.routes.js';
import * as singleSignOn from './access/single-sign-on.routes.js';
import * as passkeys from './access/passkeys.routes.js';
import * as doors from './doors/doors.routes.js';
import * as events from './events/events.routes.js';
import * as alerts from './happened/alerts.routes.js';
import * as insights from './happened/insights.routes.js';
import * as overview from './happened/overview.routes.js';
import type { RouteFacts } from './http/route.js';
import * as inbox from './inbox/inbox.routes.js';
import * as operations from './operations/operations.routes.js';
import * as people from './people/people.routes.js';
import * as visitors from './visitors/visitors.routes.js';

const methods = ['post', 'get', 'put', 'delete'];
const orderOf = ({ path, method }: RouteFacts) => `${path} ${methods.indexOf(method)}`;

/** Every route of the API by its id, under which it is exported (a test holds that). */
export const routesById = {
  ...access,
  ...singleSignOn,
  ...passkeys,
  ...people,
  ...doors,
  ...overview,
  ...events,
  ...alerts,
  ...visitors,
  ...insights,
  ...operations,
  ...inbox,
};

/** Every route of the API by path; start-up checks hold that each has its one handler and its one row of permissions. */
export const routes: readonly RouteFacts[] = Object.values<RouteFacts>(routesById).toSorted(
  (one, other) => (orderOf(one) < orderOf(other) ? -1 : 1),
);

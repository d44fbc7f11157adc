/** For tests and for the console's types: the API's routes, and who may use which. */
export { permissions, publicRoutes } from './access/permissions.pure.js';
export { API_PREFIX, type RouteFacts } from './http/route.js';
export { routes } from './route-table.js';

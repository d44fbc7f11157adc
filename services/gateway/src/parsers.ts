/** For tests: whatever reads what comes by HTTP. */
export { cookieOf } from './access/cookie.pure.js';
export { fromCursor } from './events/cursor.pure.js';
export { toPlace } from './happened/place.pure.js';
export { bearerOf } from './http/bearer.pure.js';
export { parseRequest } from './http/parse-request.js';
export { Problem } from './http/problem.js';
export { readPeople } from './people/people-csv.pure.js';
export { normaliseSample } from './people/sample-picture.js';
export { routes } from './route-table.js';

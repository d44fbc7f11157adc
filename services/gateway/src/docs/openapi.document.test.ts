import { errorCodes } from '@latchkey/contracts';
import { describe, expect, it } from 'vitest';
import { expressPath } from '../http/route.js';
import { requireHandlers } from '../http/wiring.js';
import { PeopleController } from '../people/people.controller.js';
import { routes } from '../route-table.js';
import { docsPage } from './docs.page.pure.js';
import { codesOf, openApiDocument } from './openapi.document.js';
import { fieldsOf } from './schema-fields.pure.js';

const document = openApiDocument(routes);

describe('the OpenAPI document', () => {
  it('has every route, each under a name of its own', () => {
    const operations = Object.values(document.paths ?? {}).flatMap((item) =>
      [item.get, item.post, item.put, item.delete].flatMap((one) => one?.operationId ?? []),
    );
    expect(operations.toSorted()).toEqual(routes.map(({ id }) => id).toSorted());
    expect(new Set(operations).size).toBe(operations.length);
  });

  it('refers to nothing that is not in it', () => {
    const text = JSON.stringify(document);
    const schemas = Object.keys(document.components?.schemas ?? {});
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      expect(schemas).toContain(name);
    }
  });

  it('lists each code under the status that it is answered with', () => {
    for (const route of routes) {
      const operation = document.paths?.[route.path]?.[route.method];
      for (const code of codesOf(route)) {
        const response = operation?.responses?.[`${errorCodes[code].http}`];
        expect(JSON.stringify(response)).toContain(code);
      }
    }
  });
});

it('the page for people has every route and every code, and escapes what it shows', () => {
  const page = docsPage({ ...document, info: { title: '<b>', version: '1' } });
  for (const { path } of routes) expect(page).toContain(`/api/v1${path}`);
  for (const code of Object.keys(errorCodes)) expect(page).toContain(`id="${code}"`);
  expect(page).not.toContain('<b>');
});

it('the page shows the shape of answers, scrolls wide tables by themselves, and no bare backticks', () => {
  const page = docsPage(document);
  expect(page).toContain('<code>people[].codeIssuedAt</code>');
  expect(page).toContain('<code>parts[].instances[].ready</code>');
  expect(page.split('<table>').length).toBe(
    page.split('<div class="wide" tabindex="0"><table>').length,
  );
  expect(page).not.toContain('`');
  expect(page).not.toMatch(/<th><\/th>/);
});

it('every parameter says what it is, and so does every field of a registration', () => {
  for (const { path, method } of routes) {
    const operation = document.paths?.[path]?.[method];
    const parameters = (operation?.parameters ?? []) as { name: string; description?: string }[];
    const mute = parameters.filter(({ description }) => !description).map(({ name }) => name);
    expect([path, mute]).toEqual([path, []]);
  }
  const body = document.paths?.['/people']?.post?.requestBody;
  const media = body && 'content' in body ? body.content['application/json'] : undefined;
  const fields = fieldsOf(media && 'schema' in media ? media.schema : {}, {});
  expect(fields.map(({ name }) => name)).toEqual([
    'id',
    'name',
    'email',
    'guard',
    'groups',
    'language',
    'consent',
    'consent.version',
  ]);
  expect(fields.filter(({ description }) => description === '')).toEqual([]);
});

it('a route without its one handler stops the start, and the fix is said', () => {
  expect(() => requireHandlers(routes, [PeopleController])).toThrow(
    /addSample has 0 handlers: add a method with @Handles\(addSample\)/,
  );
  expect(() => requireHandlers(routes, [PeopleController, PeopleController])).toThrow(
    /createPerson has 2 handlers: leave one/,
  );
  expect(() => requireHandlers([], [PeopleController])).toThrow(
    /createPerson has no route: add its module to route-table.ts/,
  );
});

it('paths become Express’s', () => {
  const lift = routes.find(({ id }) => id === 'liftLock');
  expect(lift && expressPath(lift)).toBe('/api/v1/people/:id/locks/:door');
});

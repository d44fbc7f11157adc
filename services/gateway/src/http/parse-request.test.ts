import { describe, expect, it } from 'vitest';
import { listEvents } from '../events/events.routes.js';
import { createPerson, deleteAllPeople, listPeople } from '../people/people.routes.js';
import { parseRequest } from './parse-request.js';
import { Problem, problemBody, problemDocument } from './problem.js';

const request = (body: unknown) => ({ params: {}, query: {}, headers: {}, body });

function refusalOf(act: () => unknown): Problem {
  try {
    act();
  } catch (error) {
    if (error instanceof Problem) return error;
  }
  throw new Error('nothing was refused');
}

describe('a request', () => {
  it('fills in what was left out', () => {
    const body = { id: 's1', name: ' Asha ', email: 'asha@example.org', unknown: 1 };
    expect(parseRequest(createPerson, request(body)).body).toEqual({
      id: 's1',
      name: 'Asha',
      email: 'asha@example.org',
      guard: false,
      groups: [],
      language: 'en',
      consent: null,
    });
  });

  it('is refused with every fault, under the first fault’s own code', () => {
    const problem = refusalOf(() => parseRequest(createPerson, request({ id: 's1', email: 'x' })));
    expect(problem.code).toBe('LK-PER-005');
    expect(problem.facts.faults?.map(({ field }) => field)).toEqual(['body.name', 'body.email']);
  });

  it('is told what was expected, not how the check works', () => {
    const query = { limit: 'many', since: 'yesterday' };
    const problem = refusalOf(() => parseRequest(listEvents, { ...request({}), query }));
    expect(problem.facts.faults).toEqual([
      { field: 'query.since', message: expect.stringMatching(/^expected ISO 8601/) },
      { field: 'query.limit', message: 'expected a number' },
    ]);
    const words = (body: object) =>
      refusalOf(() => parseRequest(createPerson, request(body))).facts.faults?.map(
        ({ message }) => message,
      );
    expect(words({ id: 's1', name: '', email: 'a@b.example', guard: 'yes' })).toEqual([
      'expected at least 1 character',
      'expected true or false',
    ]);
    expect(words({ id: 's1', name: 'A', groups: 'x' })).toEqual([
      'one plain address, such as asha@example.org',
      'expected a list',
    ]);
    const many = { ...request({}), query: { limit: '1000', state: 'gone' } };
    expect(refusalOf(() => parseRequest(listPeople, many)).facts.faults).toMatchObject([
      { message: 'expected at most 500' },
      { message: 'expected one of listed, draft, enrolled, suspended' },
    ]);
  });

  it('may ask only by what the route knows: a filter that is misspelled is refused, not left out', () => {
    for (const name of ['Group', 'q[$ne]', '__proto__x', 'toString']) {
      const query = { limit: '5', [name]: 'lab' };
      expect(refusalOf(() => parseRequest(listPeople, { ...request({}), query }))).toMatchObject({
        code: 'LK-REQ-001',
        facts: { faults: [{ field: 'query', message: expect.stringContaining('limit, cursor') }] },
      });
    }
  });

  it('without a body is as one with nothing in it', () => {
    const problem = refusalOf(() => parseRequest(deleteAllPeople, request(undefined)));
    expect(problem.code).toBe('LK-REQ-001');
    expect(problem.message).toContain('delete all people');
  });
});

it('a problem’s body is as the document says', () => {
  const problem = new Problem('LK-STO-002', 'changed', { status: 412 });
  const body = problemBody(problem, 'c-1');
  expect(problemDocument.parse(body)).toEqual(body);
  expect(body).toMatchObject({ status: 412, code: 'LK-STO-002', correlationId: 'c-1' });
});

import { describe, expect, it } from 'vitest';
import { createPerson, deleteAllPeople } from '../people/people.routes.js';
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
    });
  });

  it('is refused with every fault, under the first fault’s own code', () => {
    const problem = refusalOf(() => parseRequest(createPerson, request({ id: 's1', email: 'x' })));
    expect(problem.code).toBe('LK-PER-005');
    expect(problem.facts.faults?.map(({ field }) => field)).toEqual(['body.name', 'body.email']);
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

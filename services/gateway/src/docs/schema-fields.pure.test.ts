import { expect, it } from 'vitest';
import { fieldsOf, kindOf } from './schema-fields.pure.js';

const named = {
  Person: {
    type: 'object',
    properties: {
      id: { type: 'string', description: 'Who.' },
      state: { enum: ['draft', 'enrolled'] },
    },
    required: ['id'],
  },
};

it('lists the fields of a body, those of its lists and named parts too', () => {
  const list = { type: 'array', items: { $ref: '#/components/schemas/Person' } };
  const next = { type: ['string', 'null'], description: 'The next page.' };
  const page = { properties: { people: list, next }, required: ['people'] };
  expect(fieldsOf(page, named)).toEqual([
    { name: 'people', kind: 'list of object', isRequired: true, description: '' },
    { name: 'people[].id', kind: 'string', isRequired: true, description: 'Who.' },
    { name: 'people[].state', kind: '"draft" | "enrolled"', isRequired: false, description: '' },
    { name: 'next', kind: 'string or null', isRequired: false, description: 'The next page.' },
  ]);
});

it('says bounds and defaults, and none where there are none', () => {
  const limit = { type: 'integer', minimum: 1, maximum: 500, default: 50 };
  expect(kindOf(limit, named)).toBe('integer, 1 to 500, 50 where left out');
  expect(kindOf({ type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER }, named)).toBe(
    'integer, 0 or more',
  );
  expect(kindOf({ anyOf: [{ type: 'string' }, { type: 'null' }] }, named)).toBe('string or null');
});

it('ends where a part holds itself', () => {
  const tree = { Tree: { properties: { left: { $ref: '#/components/schemas/Tree' } } } };
  expect(fieldsOf(tree.Tree, tree).length).toBeLessThan(10);
});

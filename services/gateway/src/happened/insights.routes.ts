import { defineRoute } from '../http/route.js';
import { personParams } from '../people/people.schemas.js';
import { entries, entriesQuery, insights, insightsQuery } from './insights.schemas.js';

export const getInsights = defineRoute({
  id: 'getInsights',
  method: 'get',
  path: '/insights',
  tag: 'Events',
  summary:
    'Entries by hour and door, why doors stayed shut, how long entries took; at most 31 days.',
  query: insightsQuery,
  status: 200,
  answer: insights,
  errors: ['LK-EVT-003'],
  faultCodes: { 'query.door': 'LK-DOR-001' },
});

export const listEntries = defineRoute({
  id: 'listEntries',
  method: 'get',
  path: '/people/{id}/entries',
  tag: 'People',
  summary: 'What happened that is about a person, the newest first.',
  details: 'Also of a person who was forgotten: their id is all that is left there.',
  params: personParams,
  query: entriesQuery,
  status: 200,
  answer: entries,
  errors: ['LK-EVT-003'],
  faultCodes: { 'params.id': 'LK-PER-001' },
});

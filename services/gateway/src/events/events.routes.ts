import { z } from 'zod';
import { defineRoute } from '../http/route.js';
import {
  eventsPage,
  eventsQuery,
  evidenceParams,
  liveHeaders,
  liveQuery,
} from './events.schemas.js';

const tag = 'Events';

export const listEvents = defineRoute({
  id: 'listEvents',
  method: 'get',
  path: '/events',
  tag,
  summary: 'What happened at the doors and in the registry.',
  details:
    'The oldest first, unless `order=newest`. A page costs the same however much has happened, also of one door, type or person.',
  query: eventsQuery,
  status: 200,
  answer: eventsPage,
  errors: ['LK-EVT-003'],
  faultCodes: { 'query.door': 'LK-DOR-001' },
});

export const liveEvents = defineRoute({
  id: 'liveEvents',
  method: 'get',
  path: '/events/live',
  tag,
  summary: 'Events as they happen, as Server-Sent Events.',
  details:
    'Each message has the type as `event`, the CloudEvent as `data`, and an `id`: with it as `Last-Event-ID` the stream goes on right after that event. A comment comes every 15 s. A client that reads too slowly gets a last event `cut` with a problem and is disconnected; nothing is lost to it.',
  query: liveQuery,
  headers: liveHeaders,
  status: 200,
  answer: z.string(),
  produces: 'text/event-stream',
  errors: ['LK-EVT-002'],
  faultCodes: { 'query.door': 'LK-DOR-001' },
});

export const getEvidence = defineRoute({
  id: 'getEvidence',
  method: 'get',
  path: '/evidence/{key}',
  tag,
  summary: 'The photograph that was kept of a denial, codes in it blurred.',
  params: evidenceParams,
  status: 200,
  answer: z.string().meta({ override: { type: 'string', format: 'binary' } }),
  produces: 'image/jpeg',
  errors: ['LK-EVD-001'],
  faultCodes: { 'params.key': 'LK-EVD-001' },
});

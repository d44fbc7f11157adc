import { defineRoute } from '../http/route.js';
import {
  audit,
  auditQuery,
  deadLetters,
  deliveries,
  sequenceQuery,
  status,
} from './operations.schemas.js';

const tag = 'Operations';

export const getStatus = defineRoute({
  id: 'getStatus',
  method: 'get',
  path: '/status',
  tag,
  summary:
    'What is up and what is not: the broker, each instance of every service, and how full the streams are.',
  status: 200,
  answer: status,
  errors: [],
});

export const listDeliveries = defineRoute({
  id: 'listDeliveries',
  method: 'get',
  path: '/deliveries',
  tag,
  summary: 'What was mailed to whom and when, and what failed, the oldest change first.',
  query: sequenceQuery,
  status: 200,
  answer: deliveries,
  errors: [],
});

export const listDeadLetters = defineRoute({
  id: 'listDeadLetters',
  method: 'get',
  path: '/dead-letters',
  tag,
  summary: 'Messages that could not be handled and why; never what is in them.',
  query: sequenceQuery,
  status: 200,
  answer: deadLetters,
  errors: [],
});

export const listAudit = defineRoute({
  id: 'listAudit',
  method: 'get',
  path: '/audit',
  tag,
  summary: 'Who did what, and when.',
  query: auditQuery,
  status: 200,
  answer: audit,
  errors: [],
});

import { defineRoute } from '../http/route.js';
import { pageQuery } from '../http/words.schemas.js';
import {
  audit,
  auditChain,
  auditQuery,
  deadLetter,
  deadLetterParams,
  deadLetters,
  deliveries,
  deliveryParams,
  deliveryQuery,
  models,
  replayed,
  sentAgain,
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
  summary: 'What was mailed to whom and when, and what failed, the newest change first.',
  query: deliveryQuery,
  status: 200,
  answer: deliveries,
  errors: [],
});

export const sendAgain = defineRoute({
  id: 'sendAgain',
  method: 'post',
  path: '/deliveries/{id}/send-again',
  tag,
  summary: 'Send a mail again that failed: a code as a new code, any other from its dead letter.',
  params: deliveryParams,
  status: 200,
  answer: sentAgain,
  errors: ['LK-MAIL-001', 'LK-MAIL-002', 'LK-MAIL-004', 'LK-MAIL-005', 'LK-BUS-003'],
});

export const listDeadLetters = defineRoute({
  id: 'listDeadLetters',
  method: 'get',
  path: '/dead-letters',
  tag,
  summary: 'Messages that could not be handled and why, the newest first; never what is in them.',
  query: pageQuery,
  status: 200,
  answer: deadLetters,
  errors: [],
});

const oneLetter = { tag, params: deadLetterParams } as const;

export const getDeadLetter = defineRoute({
  ...oneLetter,
  id: 'getDeadLetter',
  method: 'get',
  path: '/dead-letters/{id}',
  summary: 'One dead letter: where it comes from and why; never what is in it.',
  status: 200,
  answer: deadLetter,
  errors: ['LK-BUS-007'],
});

export const replayDeadLetter = defineRoute({
  ...oneLetter,
  id: 'replayDeadLetter',
  method: 'post',
  path: '/dead-letters/{id}/replay',
  summary: 'Let the one who could not handle it handle it once more. It is gone once that works.',
  details:
    'Nobody else hears it again. Where it fails once more, the answer is that failure with its code, and the dead letter stays.',
  status: 200,
  answer: replayed,
  errors: ['LK-BUS-003', 'LK-BUS-004', 'LK-BUS-007'],
});

export const dropDeadLetter = defineRoute({
  ...oneLetter,
  id: 'dropDeadLetter',
  method: 'delete',
  path: '/dead-letters/{id}',
  summary: 'Throw a dead letter away for good.',
  status: 204,
  errors: ['LK-BUS-007'],
});

export const listAudit = defineRoute({
  id: 'listAudit',
  method: 'get',
  path: '/audit',
  tag,
  summary: 'Who did what, when, and how it ended, the newest first; of settings, what differs.',
  query: auditQuery,
  status: 200,
  answer: audit,
  errors: [],
});

export const listAuditChain = defineRoute({
  id: 'listAuditChain',
  method: 'get',
  path: '/audit/chain',
  tag,
  summary:
    'The audit as it is stored, from its beginning on, with what the registry signed of it, for `latchkey audit verify`.',
  query: pageQuery,
  status: 200,
  answer: auditChain,
  errors: [],
});

export const getModels = defineRoute({
  id: 'getModels',
  method: 'get',
  path: '/models',
  tag,
  summary: 'Which models look at faces, and how well they did when they were last evaluated.',
  status: 200,
  answer: models,
  errors: [],
});

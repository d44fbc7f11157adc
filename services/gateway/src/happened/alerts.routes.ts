import { defineRoute } from '../http/route.js';
import { acknowledging, alert, alertParams, alerts, alertsQuery } from './alerts.schemas.js';

const tag = 'Events';

export const listAlerts = defineRoute({
  id: 'listAlerts',
  method: 'get',
  path: '/alerts',
  tag,
  summary: 'Unknown visitors and alarms, the newest first, and whether somebody has seen to them.',
  query: alertsQuery,
  status: 200,
  answer: alerts,
  errors: ['LK-EVT-003'],
});

export const getAlert = defineRoute({
  id: 'getAlert',
  method: 'get',
  path: '/alerts/{id}',
  tag,
  summary: 'One unknown visitor or alarm.',
  params: alertParams,
  status: 200,
  answer: alert,
  errors: ['LK-ALR-001', 'LK-EVT-003'],
});

export const acknowledgeAlert = defineRoute({
  id: 'acknowledgeAlert',
  method: 'post',
  path: '/alerts/{id}/acknowledge',
  tag,
  summary: 'Say that you have seen to an alert.',
  details:
    'Whoever is first counts. A second operator is told who that was (409), and nothing changes; the same one may say it again.',
  params: alertParams,
  body: acknowledging,
  status: 200,
  answer: alert,
  errors: ['LK-ALR-001', 'LK-ALR-002', 'LK-EVT-003', 'LK-PER-001', 'LK-PER-006'],
  faultCodes: { 'body.person': 'LK-PER-001' },
});

import { defineRoute } from '../http/route.js';
import { overview } from './overview.schemas.js';

export const getOverview = defineRoute({
  id: 'getOverview',
  method: 'get',
  path: '/doors/overview',
  tag: 'Doors',
  summary:
    'All doors at a glance: settings, what each shows, whether it is online, its last event.',
  status: 200,
  answer: overview,
  errors: ['LK-EVT-003'],
});

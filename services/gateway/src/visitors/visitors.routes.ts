import { defineRoute } from '../http/route.js';
import { likeness, likenessQuery } from './visitors.schemas.js';

export const getLikeness = defineRoute({
  id: 'getLikeness',
  method: 'get',
  path: '/visitors/likeness',
  tag: 'Events',
  summary: 'Which visitors look like ones before: how often, and at how many doors.',
  details:
    'Only where the site has switched it on (`LK_VISITOR_LIKENESS` of the registry), since templates of strangers are kept for it; else `kept` is false. A visitor whose photograph shows no face that can be compared is left out.',
  query: likenessQuery,
  status: 200,
  answer: likeness,
  errors: [],
});

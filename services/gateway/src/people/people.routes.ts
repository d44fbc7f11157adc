import { z } from 'zod';
import { defineRoute } from '../http/route.js';
import { held } from './held.schemas.js';
import { ifMatch } from '../http/words.schemas.js';
import {
  enrolledPerson,
  abandonment,
  deleteAllConfirmation,
  enrolmentStart,
  exportQuery,
  imported,
  importWish,
  lockParams,
  newPerson,
  people,
  peopleQuery,
  person,
  personParams,
  personUpdate,
  receipt,
  receipts,
  sampleAnswer,
} from './people.schemas.js';

const tag = 'People';
const ETag = { ETag: 'The version, quoted.' };
const badId = { 'params.id': 'LK-PER-001' } as const;
const one = { tag, params: personParams, faultCodes: badId } as const;

export const createPerson = defineRoute({
  id: 'createPerson',
  method: 'post',
  path: '/people',
  tag,
  summary: 'Begin a registration: a draft, to which five samples are added.',
  body: newPerson,
  status: 201,
  answer: person,
  errors: ['LK-PER-001', 'LK-PER-002', 'LK-PER-003', 'LK-PER-004', 'LK-PER-005'],
  faultCodes: {
    'body.id': 'LK-PER-001',
    'body.email': 'LK-PER-003',
    'body.name': 'LK-PER-005',
  },
});

export const addSample = defineRoute({
  ...one,
  id: 'addSample',
  method: 'post',
  path: '/people/{id}/samples',
  summary: 'Add one of the five face samples.',
  details:
    'A picture of at most 15 MiB, as the multipart file `sample` or as the bare body. It is judged at once; one that is not good is refused with the reason and not kept.',
  consumes: 'picture',
  status: 201,
  answer: sampleAnswer,
  errors: [
    'LK-SMP-001',
    'LK-SMP-002',
    'LK-SMP-003',
    'LK-SMP-004',
    'LK-SMP-005',
    'LK-SMP-006',
    'LK-SMP-007',
    'LK-SMP-008',
    'LK-SMP-009',
    'LK-IMG-001',
    'LK-PER-001',
    'LK-PER-006',
    'LK-PER-007',
    'LK-PER-009',
    'LK-PER-010',
    'LK-PER-011',
    'LK-PER-014',
  ],
});

export const commitPerson = defineRoute({
  ...one,
  id: 'commitPerson',
  method: 'post',
  path: '/people/{id}/commit',
  summary: 'Complete a registration that has five samples; the first code goes out by mail.',
  status: 200,
  answer: enrolledPerson,
  errors: ['LK-PER-006', 'LK-PER-007', 'LK-PER-008'],
});

export const abandonPerson = defineRoute({
  ...one,
  id: 'abandonPerson',
  method: 'delete',
  path: '/people/{id}/draft',
  summary: 'Give a registration up: nothing of it stays stored, and the applicant is told.',
  body: abandonment,
  status: 204,
  errors: ['LK-PER-006', 'LK-PER-007'],
});

export const listPeople = defineRoute({
  id: 'listPeople',
  method: 'get',
  path: '/people',
  tag,
  summary: 'List people, page by page: searched, sorted, by state and group.',
  query: peopleQuery,
  status: 200,
  answer: people,
  errors: [],
});

export const getPerson = defineRoute({
  ...one,
  id: 'getPerson',
  method: 'get',
  path: '/people/{id}',
  summary: 'Read one person.',
  status: 200,
  answer: person,
  answerHeaders: ETag,
  errors: ['LK-PER-006'],
});

export const updatePerson = defineRoute({
  ...one,
  id: 'updatePerson',
  method: 'put',
  path: '/people/{id}',
  summary: 'Replace what an operator may set of a person.',
  details:
    'Needs `If-Match` with the ETag that was read; 412 where another changed the person meanwhile.',
  headers: ifMatch,
  body: personUpdate,
  status: 200,
  answer: person,
  answerHeaders: ETag,
  errors: ['LK-PER-003', 'LK-PER-004', 'LK-PER-005', 'LK-PER-006', 'LK-PER-012'],
  faultCodes: { ...badId, 'body.email': 'LK-PER-003', 'body.name': 'LK-PER-005' },
});

export const beginEnrolment = defineRoute({
  ...one,
  id: 'beginEnrolment',
  method: 'post',
  path: '/people/{id}/draft',
  summary: 'Begin the registration of somebody who is listed: samples and commit follow.',
  details: 'Given up, or after 15 minutes, the person is listed as before, without the samples.',
  body: enrolmentStart,
  status: 200,
  answer: person,
  errors: ['LK-PER-006', 'LK-PER-007'],
});

export const importPeople = defineRoute({
  id: 'importPeople',
  method: 'post',
  path: '/people/import',
  tag,
  summary: 'List people from CSV, or first see what is wrong with each row.',
  details:
    'Those who are `listed` are known, and have neither samples nor a code until they are enrolled. Nobody is listed while a row is at fault, unless `skipFaulty` says so.',
  body: importWish,
  status: 200,
  answer: imported,
  errors: ['LK-PER-013'],
});

export const exportPeople = defineRoute({
  id: 'exportPeople',
  method: 'get',
  path: '/people/export',
  tag,
  summary: 'People as CSV.',
  details:
    'What a spreadsheet would take for a formula is led by an apostrophe, which an import takes off again.',
  query: exportQuery,
  status: 200,
  answer: z.string(),
  produces: 'text/csv',
  errors: [],
});

export const getHeld = defineRoute({
  ...one,
  id: 'getHeld',
  method: 'get',
  path: '/people/{id}/held',
  summary: 'All that is held on a person, for them to have; noted in the audit.',
  details:
    'Of secrets it says that they are held, never what they are: a template opens doors to whoever can present it, and the text of a code is kept nowhere.',
  status: 200,
  answer: held,
  errors: ['LK-PER-006', 'LK-EVT-003'],
});

export const deletePerson = defineRoute({
  ...one,
  id: 'deletePerson',
  method: 'delete',
  path: '/people/{id}',
  summary: 'Forget a person: key, records, gallery entry and photographs. Answers a receipt.',
  status: 200,
  answer: receipt,
  errors: ['LK-PER-006'],
});

export const deleteAllPeople = defineRoute({
  id: 'deleteAllPeople',
  method: 'delete',
  path: '/people',
  tag,
  summary: 'Forget everybody. The body must say `{"confirm": "delete all people"}`.',
  body: deleteAllConfirmation,
  status: 200,
  answer: receipts,
  errors: [],
});

export const reissueCode = defineRoute({
  ...one,
  id: 'reissueCode',
  method: 'post',
  path: '/people/{id}/code',
  summary: 'Mail a new code to the address on file; the last one is void.',
  status: 204,
  errors: ['LK-PER-006', 'LK-PER-007', 'LK-COD-001'],
});

export const issueDuressCode = defineRoute({
  ...one,
  id: 'issueDuressCode',
  method: 'post',
  path: '/people/{id}/duress-code',
  summary: 'Mail a duress code: it opens like the ordinary one, and tells the guards silently.',
  details:
    'The ordinary code stays valid; an earlier duress code is void. It is good once, and not replaced by itself.',
  status: 204,
  errors: ['LK-PER-006', 'LK-PER-007'],
});

export const suspendPerson = defineRoute({
  ...one,
  id: 'suspendPerson',
  method: 'post',
  path: '/people/{id}/suspend',
  summary: 'Let a person in nowhere until resumed.',
  status: 200,
  answer: person,
  errors: ['LK-PER-006', 'LK-PER-007'],
});

export const resumePerson = defineRoute({
  ...one,
  id: 'resumePerson',
  method: 'post',
  path: '/people/{id}/resume',
  summary: 'Let a suspended person in again.',
  status: 200,
  answer: person,
  errors: ['LK-PER-006', 'LK-PER-007'],
});

export const liftLock = defineRoute({
  id: 'liftLock',
  method: 'delete',
  path: '/people/{id}/locks/{door}',
  tag,
  summary: 'Lift the lock that five wrong codes put on a person at a door.',
  params: lockParams,
  status: 200,
  answer: person,
  errors: ['LK-PER-006', 'LK-DOR-003'],
  faultCodes: { ...badId, 'params.door': 'LK-DOR-001' },
});

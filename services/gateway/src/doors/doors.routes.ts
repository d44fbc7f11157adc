import { newDoorSettings } from '@latchkey/contracts';
import { z } from 'zod';
import { defineRoute } from '../http/route.js';
import { ifMatch } from '../http/words.schemas.js';
import {
  displayAnswer,
  door,
  doorParams,
  doors,
  doorWithToken,
  lockTested,
  lockToTest,
  newDoor,
  pairing,
  reach,
} from './doors.schemas.js';

const tag = 'Doors';
const one = {
  tag,
  params: doorParams,
  faultCodes: { 'params.id': 'LK-DOR-001', body: 'LK-DOR-001' },
} as const;
const ETag = { ETag: 'The version, quoted.' };

export const createDoor = defineRoute({
  id: 'createDoor',
  method: 'post',
  path: '/doors',
  tag,
  summary: 'Add a door. The answer holds its kiosk token, this once.',
  body: newDoor,
  status: 201,
  answer: doorWithToken,
  answerHeaders: ETag,
  errors: ['LK-DOR-001', 'LK-DOR-002'],
  faultCodes: { body: 'LK-DOR-001' },
});

export const listDoors = defineRoute({
  id: 'listDoors',
  method: 'get',
  path: '/doors',
  tag,
  summary: 'List all doors.',
  status: 200,
  answer: doors,
  errors: [],
});

export const getDoor = defineRoute({
  ...one,
  id: 'getDoor',
  method: 'get',
  path: '/doors/{id}',
  summary: 'Read one door.',
  status: 200,
  answer: door,
  answerHeaders: ETag,
  errors: ['LK-DOR-003'],
});

export const updateDoor = defineRoute({
  ...one,
  id: 'updateDoor',
  method: 'put',
  path: '/doors/{id}',
  summary: "Replace a door's settings.",
  details: 'Needs `If-Match` with the ETag that was read; 412 where another changed it meanwhile.',
  headers: ifMatch,
  body: newDoorSettings,
  status: 200,
  answer: door,
  answerHeaders: ETag,
  errors: ['LK-DOR-001', 'LK-DOR-003', 'LK-STO-002'],
});

export const removeDoor = defineRoute({
  ...one,
  id: 'removeDoor',
  method: 'delete',
  path: '/doors/{id}',
  summary: 'Take a door away; its kiosk token is void.',
  status: 204,
  errors: ['LK-DOR-003'],
});

export const renewKioskToken = defineRoute({
  ...one,
  id: 'renewKioskToken',
  method: 'post',
  path: '/doors/{id}/kiosk-token',
  summary: 'Make a new kiosk token, shown this once; the last one is void.',
  status: 201,
  answer: doorWithToken,
  answerHeaders: ETag,
  errors: ['LK-DOR-003'],
});

export const createPairing = defineRoute({
  ...one,
  id: 'createPairing',
  method: 'post',
  path: '/doors/{id}/pairing',
  summary: 'Make a one-time code by which a kiosk is paired with the door.',
  details:
    'Type it at the kiosk within 10 minutes. It is shown this once; a new one makes the last one void. The kiosk that stands there now goes on until another is paired.',
  status: 201,
  answer: pairing,
  errors: ['LK-DOR-003'],
});

export const unpair = defineRoute({
  ...one,
  id: 'unpair',
  method: 'delete',
  path: '/doors/{id}/kiosk',
  summary: 'Part the kiosk from the door: its token is void, its connection ends.',
  status: 204,
  errors: ['LK-DOR-003'],
});

export const testLock = defineRoute({
  ...one,
  id: 'testLock',
  method: 'post',
  path: '/doors/{id}/lock-test',
  summary: "Try the door's lock: it opens once, and nobody is let in.",
  details:
    'Only by an administrator who is signed in, not by the operator token; at most once in 10 s a door. The audit keeps the reason.',
  body: lockToTest,
  status: 200,
  answer: lockTested,
  errors: ['LK-DOR-001', 'LK-DOR-003', 'LK-DOR-005', 'LK-DOR-006', 'LK-DOR-007'],
});

export const getReach = defineRoute({
  id: 'getReach',
  method: 'get',
  path: '/reach',
  tag,
  summary: 'Whether anybody is mailed of alarms, and of strangers at each door.',
  details: 'Only people who are registered and not suspended are mailed.',
  status: 200,
  answer: reach,
  errors: [],
});

export const getDisplay = defineRoute({
  ...one,
  id: 'getDisplay',
  method: 'get',
  path: '/doors/{id}/display',
  summary: 'What a door shows to the person standing there.',
  status: 200,
  answer: displayAnswer,
  errors: ['LK-DOR-003'],
});

export const getPicture = defineRoute({
  ...one,
  id: 'getPicture',
  method: 'get',
  path: '/doors/{id}/picture',
  summary: "What the door's camera sees now, codes in it blurred; at most 960 px a side.",
  status: 200,
  answer: z.string().meta({ override: { type: 'string', format: 'binary' } }),
  produces: 'image/jpeg',
  answerHeaders: { 'Last-Modified': 'When it was taken.' },
  errors: ['LK-DOR-004', 'LK-BUS-003'],
});

import { z } from 'zod';
import { defineRoute } from '../http/route.js';
import { attachmentParams, inbox, inboxQuery, mail, mailParams } from './inbox.schemas.js';

const tag = 'Operations';

export const listInbox = defineRoute({
  id: 'listInbox',
  method: 'get',
  path: '/inbox',
  tag,
  summary: 'What the built-in mail catcher has caught, the newest first.',
  details: 'Mails that are caught go nowhere else. They hold codes that are valid.',
  query: inboxQuery,
  status: 200,
  answer: inbox,
  errors: ['LK-MAIL-001', 'LK-MAIL-006'],
});

export const getInboxMail = defineRoute({
  id: 'getInboxMail',
  method: 'get',
  path: '/inbox/{id}',
  tag,
  summary: 'One caught mail, as it looks.',
  params: mailParams,
  status: 200,
  answer: mail,
  errors: ['LK-MAIL-001', 'LK-MAIL-006', 'LK-MAIL-007'],
  faultCodes: { 'params.id': 'LK-MAIL-007' },
});

export const getInboxPage = defineRoute({
  id: 'getInboxPage',
  method: 'get',
  path: '/inbox/{id}/page',
  tag,
  summary: 'One caught mail as a page, to be shown within another.',
  details: 'It is in a sandbox: it runs nothing, and fetches nothing from anywhere.',
  params: mailParams,
  status: 200,
  answer: z.string(),
  produces: 'text/html',
  errors: ['LK-MAIL-001', 'LK-MAIL-006', 'LK-MAIL-007'],
  faultCodes: { 'params.id': 'LK-MAIL-007' },
});

export const getInboxAttachment = defineRoute({
  id: 'getInboxAttachment',
  method: 'get',
  path: '/inbox/{id}/attachments/{index}',
  tag,
  summary: 'An attachment of a caught mail.',
  details: 'A picture as what it is; anything else as bare bytes.',
  params: attachmentParams,
  status: 200,
  answer: z.string().meta({ override: { type: 'string', format: 'binary' } }),
  produces: 'application/octet-stream',
  errors: ['LK-MAIL-001', 'LK-MAIL-006', 'LK-MAIL-007'],
  faultCodes: { 'params.id': 'LK-MAIL-007', 'params.index': 'LK-MAIL-007' },
});

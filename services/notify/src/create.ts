import 'reflect-metadata';
import { buckets, consumers, objectStores } from '@latchkey/contracts';
import { defineService } from '@latchkey/runtime';
import { AccessDeniedHandler } from './access-denied.handler.js';
import { AccessGrantedHandler } from './access-granted.handler.js';
import { AlarmMismatchHandler } from './alarm-mismatch.handler.js';
import { AlarmNotLiveHandler } from './alarm-not-live.handler.js';
import { AlarmWrongCodeHandler } from './alarm-wrong-code.handler.js';
import { ApplicantNoticeHandler } from './applicant-notice.handler.js';
import { CodeNoticeHandler } from './code-notice.handler.js';
import { notifyConfig } from './config.js';
import { MailNoticeHandler } from './mail-notice.handler.js';
import { PersonEnrolledHandler } from './person-enrolled.handler.js';
import { providers } from './providers.js';

/** Tells people by mail what concerns them. */
export const notify = defineService({
  name: 'notify',
  config: notifyConfig,
  consumers: [
    consumers.notifyAccess,
    consumers.notifyAlarms,
    consumers.notifyRegistry,
    consumers.notifyCode,
    consumers.notifyMail,
  ],
  buckets: [buckets.policy, buckets.deliveries, buckets.newestCodes, buckets.gathering],
  objectStores: [objectStores.evidence],
  handlers: [
    AccessGrantedHandler,
    AccessDeniedHandler,
    AlarmNotLiveHandler,
    AlarmMismatchHandler,
    AlarmWrongCodeHandler,
    PersonEnrolledHandler,
    CodeNoticeHandler,
    ApplicantNoticeHandler,
    MailNoticeHandler,
  ],
  providers,
});

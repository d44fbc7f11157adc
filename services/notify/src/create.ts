import 'reflect-metadata';
import { parts } from '@latchkey/contracts';
import { defineService } from '@latchkey/runtime';
import { AccessDeniedHandler } from './access-denied.handler.js';
import { AccessGrantedHandler } from './access-granted.handler.js';
import { AlarmDuressHandler } from './alarm-duress.handler.js';
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
  ...parts.notify,
  config: notifyConfig,
  handlers: [
    AccessGrantedHandler,
    AccessDeniedHandler,
    AlarmNotLiveHandler,
    AlarmMismatchHandler,
    AlarmWrongCodeHandler,
    AlarmDuressHandler,
    PersonEnrolledHandler,
    CodeNoticeHandler,
    ApplicantNoticeHandler,
    MailNoticeHandler,
  ],
  providers,
});

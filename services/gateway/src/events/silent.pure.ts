import { alarmDuress, operatorLook, type OperatorRole, type StreamName } from '@latchkey/contracts';

/** Events that only who may hear silent alarms is told of. */
export const silentType: string = alarmDuress.type;
export const SILENT_OCCASION = 'silent-alarm';
/** The part of an alarm's id, and so of all that is done or mailed by reason of it. */
const SILENT_PART = 'duress';

/** Whether an operator of that role may know that a duress code was shown. Enrollers and auditors may not: they may be who forces it. */
export function hearsSilent({ role }: { readonly role: OperatorRole }): boolean {
  return role === 'administrator' || role === 'guard';
}

/** Whose figures count silent alarms: the alarms themselves, the mails about them, and what could not be handled of both. */
const counting: readonly StreamName[] = ['ALARMS', 'NOTICES', 'DEAD'];

/** Whether how full a stream is tells of silent alarms. */
export function countsSilent(stream: string): boolean {
  return counting.some((name) => name === stream);
}

/** Whether an id is of a silent alarm, or of a mail about one. */
export function isSilentId(id: string | null): boolean {
  return id?.split(':').includes(SILENT_PART) ?? false;
}

/**
 * So long who hears no silent alarms is not told who looked where: a guard who looks at a door just now may have been called
 * there by one.
 */
export const LOOKS_UNTOLD_MS = 60 * 60_000;

/** Whether an entry of the audit tells that somebody looks at a door about now. */
export function isLookOfNow(
  entry: { readonly action: string; readonly at: number },
  nowMs: number,
): boolean {
  return isLook(entry.action) && nowMs - entry.at < LOOKS_UNTOLD_MS;
}

const isLook = (action: string): boolean => operatorLook.safeParse(action).success;

/** Whether an entry of the audit tells of a silent alarm. */
export function isSilentAct(entry: { readonly subject: string; readonly detail: string }): boolean {
  return isSilentId(entry.subject) || entry.detail.split(' ').includes(SILENT_OCCASION);
}

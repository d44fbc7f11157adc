import { useRead } from '../api/queries.js';
import { useMay, useMe } from '../shell/me.js';

/** Whether mails are caught here, and one may read them. */
export function useHasInbox(): boolean {
  const may = useMay();
  const { site } = useMe();
  return site.inbox && may('listInbox');
}

/** Which of the caught mails is the one of that Message-ID, by its id in the inbox. */
export function useCaughtMail(): (messageId: string) => string | undefined {
  const enabled = useHasInbox();
  const { data } = useRead('listInbox', {}, { enabled });
  const ids = new Map(data?.mails.map((mail) => [mail.messageId, mail.id]));
  return (messageId) => ids.get(messageId);
}

/** The place of the newest mail to an address; where it has not come yet, it is waited for there. */
export function placeOfMailTo(address: string): string {
  return `/messages/inbox?${new URLSearchParams({ to: address })}`;
}

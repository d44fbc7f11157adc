import type { AuditEntry, ListAuditReply } from '@latchkey/contracts/grpc';

/** What is asked of the audit. */
export interface AuditWish {
  readonly limit: number;
  /** The registry's own token of the page before; empty: from the newest on. */
  readonly from: string;
  /** Without it, every entry may be told. */
  readonly isTold: ((entry: AuditEntry) => boolean) | undefined;
}

/**
 * A page of what may be told of the audit, filled up from the pages after it, and where the next begins: null where nothing
 * more may be told. So nobody can tell by short or empty pages that something was left out.
 */
export async function readAudit(
  read: (pageSize: number, pageToken: string) => Promise<ListAuditReply>,
  { limit, from, isTold }: AuditWish,
): Promise<{ readonly entries: AuditEntry[]; readonly next: string | null }> {
  if (!isTold) {
    const page = await read(limit, from);
    return { entries: page.entries, next: page.nextPageToken || null };
  }
  const entries: AuditEntry[] = [];
  let token = from;
  while (entries.length < limit) {
    const page = await read(limit - entries.length, token);
    entries.push(...page.entries.filter(isTold));
    token = page.nextPageToken;
    if (token === '') return { entries, next: null };
  }
  for (let ahead = token; ahead !== ''; ) {
    const page = await read(limit, ahead);
    if (page.entries.some(isTold)) return { entries, next: token };
    ahead = page.nextPageToken;
  }
  return { entries, next: null };
}

/** Who a mail is from or to. `name` is empty where there is none. */
export interface MailAddress {
  readonly name: string;
  readonly address: string;
}

/** What may stand in one plain address (RFC 5321's dot-string and domain, also with letters of other scripts). */
const ADDRESS =
  /^[^\s<>()[\]\\,;:"@\p{Cc}\p{Zl}\p{Zp}]{1,64}@[^\s<>()[\]\\,;:"@\p{Cc}\p{Zl}\p{Zp}]{1,255}$/u;
const NAMED = /^(?<name>[^<>\p{Cc}]*)<(?<address>[^<>]+)>$/u;

/** Whether this is one plain address: no list, no name, no line break, no route. */
export function isPlainAddress(text: string): boolean {
  return ADDRESS.test(text);
}

/** Reads `address` or `Name <address>`; `null` where it is neither. */
export function parseAddress(text: string): MailAddress | null {
  const named = NAMED.exec(text.trim())?.groups;
  const address = (named?.['address'] ?? text).trim();
  if (!isPlainAddress(address)) return null;
  const name = (named?.['name'] ?? '').trim().replaceAll(/^"|"$/g, '');
  return { name, address };
}

/** The domain of a plain address. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

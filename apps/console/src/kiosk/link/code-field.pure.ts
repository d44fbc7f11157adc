const LENGTH = 8;

/** What is typed as a pairing code, as it is shown while typing: upper case, in two groups of four. */
export function asTyped(text: string): string {
  const letters = text
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .slice(0, LENGTH);
  return letters.length > LENGTH / 2
    ? `${letters.slice(0, LENGTH / 2)}-${letters.slice(LENGTH / 2)}`
    : letters;
}

export function isWhole(typed: string): boolean {
  return typed.replaceAll('-', '').length === LENGTH;
}

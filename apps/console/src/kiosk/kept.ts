/** What this device keeps under a name; null where it keeps nothing, or may not. */
export function keptText(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Keeps a text where the device lets it: with its storage full or blocked, a choice holds until the page is left. */
export function keepText(name: string, text: string): void {
  try {
    localStorage.setItem(name, text);
  } catch {
    // Nothing here depends on it but the next start.
  }
}

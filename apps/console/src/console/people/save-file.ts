/** Saves something where this browser saves files. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read it by then; kept for ever, it would fill the memory.
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Saves receipts, or anything else that is to be kept as it came. */
export function saveJson(name: string, value: unknown): void {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  saveFile(name, new Blob([text], { type: 'application/json' }));
}

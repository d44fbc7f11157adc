/** A moment as people write it, e.g. `14 September 2026 at 09:05 UTC`. @param timeZone an IANA name */
export function writeTime(atMs: number, timeZone: string): string {
  const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone }).format(atMs);
  const time = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
    timeZoneName: 'short',
  }).format(atMs);
  return `${date} at ${time}`;
}

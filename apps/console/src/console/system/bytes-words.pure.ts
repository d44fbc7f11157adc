const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** A size in words, by powers of 1024: `1.5 MiB`. */
export function bytesWords(bytes: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const size = bytes / 1024 ** power;
  return `${power === 0 ? size : size.toFixed(1)} ${units[power]}`;
}

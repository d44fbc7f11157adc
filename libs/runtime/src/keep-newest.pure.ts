/** Puts an entry into a map that is in the order of the last putting, and forgets the one put longest ago where there are more than `most`. */
export function keepNewest<Key, Value>(
  map: Map<Key, Value>,
  entry: readonly [Key, Value],
  most: number,
): void {
  const [key, value] = entry;
  map.delete(key);
  map.set(key, value);
  const [oldest = key] = map.keys();
  if (map.size > most) map.delete(oldest);
}

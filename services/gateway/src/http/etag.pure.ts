/** A version as an entity tag. */
export function etagOf({ version }: { readonly version: number }): string {
  return `"${version}"`;
}

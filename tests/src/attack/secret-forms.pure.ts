/** A secret as text or as bytes. */
export type Secret = string | Uint8Array;

/** What a secret could lie as in some bytes: as it is, and in each encoding that something may have put it into. */
export function formsOf(secret: Secret): Buffer[] {
  const bytes = Buffer.from(secret as Uint8Array);
  const hex = bytes.toString('hex');
  const texts = [hex, hex.toUpperCase(), ...[0, 1, 2].flatMap((at) => base64At(bytes, at))];
  const spelled =
    typeof secret === 'string'
      ? [encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]
      : [];
  return [
    bytes,
    ...[...texts, ...spelled].map((text) => Buffer.from(text)),
    ...(typeof secret === 'string' ? [utf16(secret, false), utf16(secret, true)] : []),
  ];
}

/** In which of the secrets' forms the bytes hold something; the names of those that they hold. */
export function heldIn(
  bytes: Buffer,
  secrets: ReadonlyMap<string, readonly Buffer[]>,
): readonly string[] {
  return [...secrets]
    .filter(([, forms]) => forms.some((form) => bytes.includes(form)))
    .map(([name]) => name);
}

/** As base64 and base64url where it begins so many bytes after a group of three: what stands before it changes its letters. */
function base64At(bytes: Buffer, at: number): string[] {
  const text = Buffer.concat([Buffer.alloc(at), bytes]).toString('base64');
  const own = text.slice([0, 2, 3][at], Math.floor(((at + bytes.length) * 8) / 6));
  return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
}

function utf16(text: string, bigEndian: boolean): Buffer {
  const bytes = Buffer.from(text, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
}

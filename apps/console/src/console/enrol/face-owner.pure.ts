/** Whose face it is, and how alike the two are, from 0 to 1. */
export interface FaceOwner {
  readonly person: string;
  readonly similarity: string;
}

const OWNER = /^The face belongs to ([A-Za-z0-9_-]+), who .*\(similarity (\d\.\d+)\)/;

/** Who has the face, of a refusal for its being registered already; undefined: of any other. */
export function faceOwner({
  code,
  message,
}: {
  readonly code: string;
  readonly message: string;
}): FaceOwner | undefined {
  const [, person, similarity] = (code === 'LK-PER-011' && OWNER.exec(message)) || [];
  return person && similarity ? { person, similarity } : undefined;
}

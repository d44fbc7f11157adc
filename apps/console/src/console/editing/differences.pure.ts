/** A field of what is changed: what it is called, and how what stands in it reads. */
export interface EditedField<Draft> {
  readonly field: keyof Draft & string;
  readonly name: string;
  readonly word: (draft: Draft) => string;
}

/** A field of which two operators say different things. */
export interface Difference<Draft> {
  readonly field: keyof Draft & string;
  readonly name: string;
  readonly mine: string;
  readonly theirs: string;
}

type Fields<Draft> = readonly EditedField<Draft>[];

/** In what two say different things of one person, door or operator; in the order of the fields. */
export function differencesOf<Draft>(
  fields: Fields<Draft>,
  mine: Draft,
  theirs: Draft,
): readonly Difference<Draft>[] {
  return fields
    .map(({ field, name, word }) => ({ field, name, mine: word(mine), theirs: word(theirs) }))
    .filter((said) => said.mine !== said.theirs);
}

/** Where someone else changed a field that one has left alone, theirs is taken unasked. */
export function mergedWith<Draft>(
  fields: Fields<Draft>,
  typed: Draft,
  { before, now }: { readonly before: Draft; readonly now: Draft },
): Draft {
  const touched = new Set(differencesOf(fields, typed, before).map(({ field }) => field));
  const taken = differencesOf(fields, before, now).filter(({ field }) => !touched.has(field));
  return Object.assign({}, typed, ...taken.map(({ field }) => ({ [field]: now[field] })));
}

/** A field of a JSON body, as a row for people: `people[].id`, `string`, what it is. */
export interface Field {
  readonly name: string;
  /** Its type, bounds and default in words. */
  readonly kind: string;
  readonly isRequired: boolean;
  readonly description: string;
}

type Json = Readonly<Record<string, unknown>>;
/** Named schemas, to which `$ref`s lead. */
export type Named = Readonly<Record<string, unknown>>;

const REF = '#/components/schemas/';
/** Deeper than this the JSON Schema itself says more than a table. */
const MAX_DEPTH = 4;

/** The fields of a JSON Schema, those within objects and lists after the one they are in. */
export function fieldsOf(schema: unknown, named: Named, prefix = '', depth = 0): Field[] {
  const { properties, required } = resolved(schema, named);
  const names = Array.isArray(required) ? required : [];
  return Object.entries(objectOf(properties)).flatMap(([key, value]) => {
    const name = prefix + key;
    const field = {
      name,
      kind: kindOf(value, named),
      isRequired: names.includes(key),
      description: descriptionOf(value, named),
    };
    return [field, ...(depth < MAX_DEPTH ? within(value, named, name, depth + 1) : [])];
  });
}

/** What lies in a field: the fields of an object, of a list's items, or of what may be null. */
function within(schema: unknown, named: Named, name: string, depth: number): Field[] {
  const full = resolved(schema, named);
  if (full['properties']) return fieldsOf(full, named, `${name}.`, depth);
  if (full['items']) return within(full['items'], named, `${name}[]`, depth);
  return choicesOf(full).flatMap((choice) => within(choice, named, name, depth));
}

/** A schema's type in words: `integer, 1 to 500, 50 where left out`. */
export function kindOf(schema: unknown, named: Named): string {
  const full = resolved(schema, named);
  const usual = full['default'];
  const left = usual === undefined ? [] : [`${JSON.stringify(usual)} where left out`];
  return [typeOf(full, named), ...boundsOf(full), ...left].filter(Boolean).join(', ');
}

function typeOf(full: Json, named: Named): string {
  if (Array.isArray(full['enum']))
    return full['enum'].map((one) => JSON.stringify(one)).join(' | ');
  if ('const' in full) return JSON.stringify(full['const']);
  const choices = choicesOf(full);
  if (choices.length > 0)
    return [...new Set(choices.map((one) => kindOf(one, named)))].join(' or ');
  if (full['items']) return `list of ${kindOf(full['items'], named)}`;
  if (full['format'] === 'date-time') return 'date and time';
  const { type } = full;
  if (Array.isArray(type)) return type.map(String).join(' or ');
  return typeof type === 'string' ? type : 'anything';
}

function boundsOf(full: Json): string[] {
  const bound = (name: string) => {
    const value = full[name];
    // Zod bounds each integer by where JavaScript counts exactly: that tells nothing.
    return typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER
      ? value
      : undefined;
  };
  return [
    spanOf(bound('minimum'), bound('maximum'), ''),
    spanOf(bound('minLength'), bound('maxLength'), ' characters'),
    spanOf(bound('minItems'), bound('maxItems'), ' entries'),
  ];
}

function spanOf(least: number | undefined, most: number | undefined, unit: string): string {
  if (least === undefined) return most === undefined ? '' : `at most ${most}${unit}`;
  return most === undefined ? `${least} or more${unit}` : `${least} to ${most}${unit}`;
}

function choicesOf({ anyOf, oneOf }: Json): unknown[] {
  const choices = anyOf ?? oneOf;
  return Array.isArray(choices) ? choices : [];
}

function descriptionOf(schema: unknown, named: Named): string {
  const full = resolved(schema, named);
  if (typeof full['description'] === 'string') return full['description'];
  const said = choicesOf(full).map((choice) => descriptionOf(choice, named));
  return said.find((text) => text !== '') ?? '';
}

function resolved(schema: unknown, named: Named): Json {
  const given = objectOf(schema);
  const { $ref: ref } = given;
  if (typeof ref !== 'string') return given;
  return { ...objectOf(named[ref.replace(REF, '')]), ...given };
}

function objectOf(value: unknown): Json {
  return value !== null && typeof value === 'object' ? (value as Json) : {};
}

import type en from './messages/en.json';

/** All that the door's screen says, in one language; the English file is the pattern of the others. */
export type Messages = typeof en;

/** Values for the placeholders of a message: `{name}`, `{count}`. */
export type Values = Readonly<Record<string, string | number>>;

/** The message with its placeholders filled in; one without a value stays as it is. */
export function fill(message: string, values: Values): string {
  return message.replaceAll(/\{(\w+)\}/g, (whole, key: string) => String(values[key] ?? whole));
}

/** The first full minute from that moment on, as the clock beside the screen shows it: `4:56 PM`. Milliseconds since 1970. */
export function clockTime(atMs: number, language: string): string {
  const minuteMs = 60_000;
  const format = new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' });
  return format.format(Math.ceil(atMs / minuteMs) * minuteMs);
}

/** The sentences of a text, each with what ends it. */
export function clausesOf(text: string): readonly string[] {
  return text.split(/(?<=[.।]) /);
}

/** The form of a message that goes with a number in that language, filled in. */
export function fillCount(
  forms: { readonly one: string; readonly other: string },
  count: number,
  language: string,
): string {
  const isOne = new Intl.PluralRules(language).select(count) === 'one';
  return fill(isOne ? forms.one : forms.other, { count });
}

/**
 * The language to speak.
 * @param wanted what is wished for, the dearest first, such as `es-MX`; unknown ones are passed over
 * @param spoken the languages that there are, such as `en`
 */
export function chooseLanguage(
  wanted: readonly (string | null | undefined)[],
  spoken: readonly string[],
): string {
  for (const wish of wanted) {
    const language = wish?.split('-')[0]?.toLowerCase();
    if (language !== undefined && spoken.includes(language)) return language;
  }
  return 'en';
}

/** What is said where a single sign-on was refused. */
export interface Refusal {
  readonly message: string;
  readonly action: string;
  readonly code: string;
}

const words: Readonly<
  Record<string, (name: string) => readonly [message: string, action: string]>
> = {
  'LK-SSO-001': (name) => [
    `Nobody is known here by your account of ${name}.`,
    'Ask an administrator to invite you, or sign in with your password.',
  ],
  'LK-SSO-002': (name) => [
    `Signing in with ${name} was not finished.`,
    'Try again in this window; there are ten minutes for it.',
  ],
  'LK-SSO-003': (name) => [
    `${name} does not answer.`,
    'Sign in with your password, or try again shortly.',
  ],
};

/** The words to a code that the address tells; anybody can write an address, so what it tells is only looked up. */
export function refusalOf(code: string, name: string): Refusal {
  const of = Object.hasOwn(words, code) ? words[code] : undefined;
  const [message, action] = of?.(upperFirst(name)) ?? [
    `Signing in with ${name} did not work.`,
    'Try again shortly, or sign in with your password.',
  ];
  return { message, action, code: of ? code : '' };
}

/** What an invited operator is known by the first time. */
export function invitationLabel(claim: string, name: string): string {
  return claim === 'email' ? `E-mail address at ${name}` : `Their “${claim}” at ${name}`;
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

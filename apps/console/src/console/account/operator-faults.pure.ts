/** The least that the server takes. */
export const PASSWORD_MIN = 12;
const PASSWORD_MAX = 200;

/** What is typed of an operator. */
interface Typed {
  readonly name: string;
  readonly username: string;
  /** undefined: they have none. */
  readonly password: string | undefined;
}

/** What is missing or cannot be, by its field; what else a username or a password may not be, the gateway says. `isOwn`: of oneself. */
export function faultsTyped(
  { name, username, password }: Typed,
  isOwn: boolean,
): ReadonlyMap<string, string> {
  const faults = new Map<string, string>();
  if (name.trim() === '') faults.set('name', isOwn ? 'Say your name.' : 'Type a name.');
  if (username.trim() === '')
    faults.set('username', 'Choose a username: a short word, such as mira.');
  else if (/\s/.test(username.trim())) {
    faults.set('username', 'Spaces are not allowed in a username: one short word, such as mira.');
  }
  if (
    password !== undefined &&
    (password.length < PASSWORD_MIN || password.length > PASSWORD_MAX)
  ) {
    faults.set('password', `A password has ${PASSWORD_MIN} to ${PASSWORD_MAX} characters.`);
  }
  return faults;
}

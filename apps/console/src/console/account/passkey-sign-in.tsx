import { Button } from '../../look/button.js';
import { ProblemNotice } from '../../look/problem.js';
import { canAskForPasskeys, usePasskeySignIn } from './passkey-ceremony.js';

/** The way in without a password; not shown where no browser would let it. */
export function PasskeySignIn() {
  const signIn = usePasskeySignIn();
  if (!canAskForPasskeys()) return null;
  return (
    <>
      <ProblemNotice problem={signIn.error} />
      <Button busy={signIn.isPending} onClick={() => signIn.mutate()}>
        Sign in with a passkey
      </Button>
    </>
  );
}

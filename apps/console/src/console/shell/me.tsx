import type { Answer, RouteId } from '@latchkey/gateway/api';
import { Activity, createContext, type ReactNode, useContext } from 'react';
import { Loading } from '../../look/words.js';
import { ProblemNotice } from '../../look/problem.js';
import { Entrance } from '../account/entrance.js';
import { SignIn } from '../account/sign-in.js';
import { useRead } from '../api/queries.js';

type Me = Answer<'getMe'>;

const Signed = createContext<Me | undefined>(undefined);

/** Who is signed in. Only pages inside `SignedIn` may ask. */
export function useMe(): Me {
  const me = useContext(Signed);
  if (!me) throw new Error('nobody is signed in here');
  return me;
}

/** Whether whoever is signed in may do that; what one may not do is not shown. */
export function useMay(): (id: RouteId) => boolean {
  const { may } = useMe();
  return (id) => may.includes(id);
}

/** How often it is looked whether one is still signed in, and may still do the same. */
const AGAIN_MS = 60_000;

/**
 * Shows the pages to whoever is signed in, and the sign-in, over the same address, to others. Who was signed out by time
 * finds what was typed where it was left; somebody else begins anew.
 */
export function SignedIn({ children }: { readonly children: ReactNode }) {
  const { data, error, refetch } = useRead('getMe', {}, { everyMs: AGAIN_MS });
  const isOut = error?.status === 401;
  if (data) {
    return (
      <>
        {isOut ? <SignIn /> : null}
        <Activity key={data.operator.username} mode={isOut ? 'hidden' : 'visible'}>
          <Signed.Provider value={data}>{children}</Signed.Provider>
        </Activity>
      </>
    );
  }
  if (isOut) return <SignIn />;
  return (
    <Entrance title={error ? 'This cannot be shown now' : 'One moment'}>
      {error ? (
        <ProblemNotice problem={error} onRetry={() => void refetch()} />
      ) : (
        <Loading what="Asking who you are" />
      )}
    </Entrance>
  );
}

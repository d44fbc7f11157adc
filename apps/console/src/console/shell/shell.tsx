import { Suspense, useRef } from 'react';
import { Link, Route, Switch } from 'wouter';
import { Empty, Loading } from '../../look/words.js';
import { FirstAdministrator } from '../account/first-administrator.js';
import { account, areas } from './areas.js';
import { Connection } from './connection.js';
import { SignedIn, useMay } from './me.js';
import { Menu } from './menu.js';

/** The first start's link, for whoever is not signed in yet; everything else for those who are. */
export function Shell() {
  return (
    <Switch>
      <Route path="/welcome/:token">{({ token }) => <FirstAdministrator token={token} />}</Route>
      <Route path="/*?">
        <SignedIn>
          <Pages />
        </SignedIn>
      </Route>
    </Switch>
  );
}

/** The frame around every page: menu at the side (on a phone: above), the area beside it. */
function Pages() {
  const content = useRef<HTMLElement>(null);
  const may = useMay();
  const shown = areas.filter(({ needs }) => may(needs));
  return (
    <div className="shell">
      <button type="button" className="button skip" onClick={() => content.current?.focus()}>
        Skip to the content
      </button>
      <Menu areas={shown} />
      <main className="content" tabIndex={-1} ref={content}>
        <Connection />
        <Suspense fallback={<Loading />}>
          <Switch>
            {[...shown, account].map(({ path, Page }) => (
              <Route key={path} path={path === '/' ? '/' : `${path}/*?`}>
                <Page />
              </Route>
            ))}
            <Route>
              <Empty title="There is nothing here">
                <Link href="/">Go to the doors</Link>
              </Empty>
            </Route>
          </Switch>
        </Suspense>
      </main>
    </div>
  );
}

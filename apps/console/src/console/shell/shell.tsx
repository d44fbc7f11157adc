import { Suspense, useRef } from 'react';
import { Link, Route, Switch, useLocation } from 'wouter';
import { useWindowTitle } from '../../look/use-window-title.js';
import { Empty, Loading } from '../../look/words.js';
import { FirstAdministrator } from '../account/first-administrator.js';
import { account, areas, isWithin } from './areas.js';
import { Connection } from './connection.js';
import { FaultBoundary } from './fault-boundary.js';
import { Happenings } from './happenings.js';
import { SignedIn, useMay } from './me.js';
import { Menu } from './menu.js';
import { titleWords } from './title-words.pure.js';
import { useOpenAlerts } from './use-open-alerts.js';
import { usePageHeading } from './use-page-heading.js';

/** The first start's link, for whoever is not signed in yet; everything else for those who are. */
export function Shell() {
  return (
    <>
      <Connection />
      <Switch>
        <Route path="/welcome/:token">{({ token }) => <FirstAdministrator token={token} />}</Route>
        <Route path="/*?">
          <SignedIn>
            <Happenings>
              <Pages />
            </Happenings>
          </SignedIn>
        </Route>
      </Switch>
    </>
  );
}

/** The frame around every page: menu at the side (on a phone: above), the area beside it. */
function Pages() {
  const content = useRef<HTMLElement>(null);
  const may = useMay();
  const [place] = useLocation();
  const shown = areas.filter(({ needs }) => may(needs));
  useWindowTitle(useTitle(usePageHeading(content)));
  return (
    <div className="shell">
      <button type="button" className="button skip" onClick={() => content.current?.focus()}>
        Skip to the content
      </button>
      <Menu areas={shown} />
      <main className="content" tabIndex={-1} ref={content}>
        <FaultBoundary place={place}>
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
        </FaultBoundary>
      </main>
    </div>
  );
}

/** The window's title on a page with that heading. */
function useTitle(heading: string): string {
  const [place] = useLocation();
  const open = useOpenAlerts();
  const area = [...areas, account].find(({ path }) => isWithin(path, place))?.name ?? '';
  return titleWords({ heading, area, open });
}

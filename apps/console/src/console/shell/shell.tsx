import { Suspense } from 'react';
import { Link, Route, Switch, useLocation } from 'wouter';
import { Empty, Loading } from '../../look/words.js';
import { areas } from './areas.js';
import { Menu } from './menu.js';

/** The frame around every page: menu at the side (on a phone: above), the area beside it. */
export function Shell() {
  const [location] = useLocation();
  return (
    <div className="shell">
      <a
        className="skip"
        href={`#${location}`}
        onClick={() => document.querySelector('main')?.focus()}
      >
        Skip to the content
      </a>
      <Menu areas={areas} />
      <main className="content" tabIndex={-1}>
        <Suspense fallback={<Loading />}>
          <Switch>
            {areas.map(({ path, Page }) => (
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

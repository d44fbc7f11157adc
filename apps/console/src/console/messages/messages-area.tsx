import { Link, Route, Switch, useLocation } from 'wouter';
import { Empty } from '../../look/words.js';
import { useMay } from '../shell/me.js';
import { useHasInbox } from './caught-mail.js';
import { DeadLetters } from './dead-letters.js';
import { Deliveries } from './deliveries.js';
import { Inbox } from './inbox.js';
import './messages.css';

/** What was mailed, what could not be, and, with the built-in catcher, the mails as they look. */
export default function MessagesArea() {
  const may = useMay();
  const hasInbox = useHasInbox();
  const [location] = useLocation();
  const pages = [
    { path: '/messages', name: 'Mailed', isShown: may('listDeliveries') },
    { path: '/messages/dead', name: 'Dead letters', isShown: may('listDeadLetters') },
    { path: '/messages/inbox', name: 'Inbox', isShown: hasInbox },
  ].filter(({ isShown }) => isShown);
  return (
    <div className="stack">
      <h1>Messages</h1>
      <nav aria-label="Messages" className="row tabs">
        {pages.map(({ path, name }) => (
          <Link key={path} href={path} aria-current={isAt(path, location) ? 'page' : undefined}>
            {name}
          </Link>
        ))}
      </nav>
      <Switch>
        <Route path="/messages" component={Deliveries} />
        <Route path="/messages/dead" component={DeadLetters} />
        <Route path="/messages/inbox/:id?">{({ id }) => <Inbox id={id} />}</Route>
        <Route>
          <Empty title="There is nothing here" />
        </Route>
      </Switch>
    </div>
  );
}

function isAt(path: string, location: string): boolean {
  return path === '/messages' ? location === path : location.startsWith(path);
}

import { Route, Switch } from 'wouter';
import { DoorPage } from './door-page.js';
import { DoorsPage } from './doors-page.js';
import { NewDoorPage } from './new-door-page.js';

/** The doors: the list, a new one, and each one's page. */
export default function DoorsArea() {
  return (
    <Switch>
      <Route path="/doors" component={DoorsPage} />
      <Route path="/doors/new" component={NewDoorPage} />
      <Route path="/doors/:id">{({ id }) => <DoorPage key={id} id={id} />}</Route>
    </Switch>
  );
}

import './people.css';
import { Route, Switch } from 'wouter';
import { ImportPage } from './import-page.js';
import { PeoplePage } from './people-page.js';
import { PersonPage } from './person-page.js';

/** Everybody, one person, and people out of a list: `/people`, `/people/<id>`, `/people/from/csv`. */
export default function PeopleArea() {
  return (
    <Switch>
      <Route path="/people">
        <PeoplePage />
      </Route>
      <Route path="/people/from/csv">
        <ImportPage />
      </Route>
      <Route path="/people/:id">{({ id }) => <PersonPage key={id} id={id} />}</Route>
    </Switch>
  );
}

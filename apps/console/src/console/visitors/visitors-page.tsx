import { SelectField } from '../../look/fields.js';
import { Options } from '../../look/options.js';
import { useFilters } from '../shell/use-filters.js';
import { NobodyHears } from '../words/nobody-hears.js';
import { AlertList } from './alert-list.js';
import './visitors.css';

const kinds = {
  kind: ['both', 'alarm', 'visitor'],
  state: ['open', 'acknowledged', 'both'],
} as const;
type Kind = (typeof kinds.kind)[number];
type State = (typeof kinds.state)[number];

const kindNames: Readonly<Record<Kind, string>> = {
  both: 'Alarms and visitors',
  alarm: 'Alarms',
  visitor: 'Unknown visitors',
};
const stateNames: Readonly<Record<State, string>> = {
  open: 'Not yet',
  acknowledged: 'Already',
  both: 'All',
};

/** Alarms and unknown people, with their photographs, and who has seen to them: alarms first, for they cannot wait. */
export default function VisitorsPage() {
  const { filters, look } = useFilters('/visitors', kinds);
  const { kind } = filters;
  const state = filters.state === 'both' ? '' : filters.state;
  return (
    <div className="stack">
      <h1>Visitors and alarms</h1>
      <NobodyHears />
      <div className="row filters">
        <SelectField
          label="Kind"
          value={kind}
          onChange={({ target }) => look({ kind: target.value as Kind })}
        >
          <Options words={kindNames} />
        </SelectField>
        <SelectField
          label="Seen to"
          value={filters.state}
          onChange={({ target }) => look({ state: target.value as State })}
        >
          <Options words={stateNames} />
        </SelectField>
      </div>
      <div className="alert-lists">
        {kind === 'visitor' ? null : <AlertList kind="alarm" state={state} />}
        {kind === 'alarm' ? null : <AlertList kind="visitor" state={state} />}
      </div>
    </div>
  );
}

import type { Answer } from '@latchkey/gateway/api';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../look/button.js';
import { ProblemNotice } from '../../look/problem.js';
import { useSay } from '../../look/toasts.js';
import { Notice } from '../../look/words.js';
import type { ApiProblem } from '../api/problem.js';
import { useAct } from '../api/queries.js';
import { type Settings, SettingsForm } from './settings-form.js';

type Door = Answer<'getDoor'>;
/** HTTP: the version that was read is no longer the newest. */
const OUTDATED = 412;

function settingsOf(door: Door): Settings {
  const { name, audience, group, liveness, livenessThreshold, codeWaitS, openForMs, outOfService } =
    door;
  return { name, audience, group, liveness, livenessThreshold, codeWaitS, openForMs, outOfService };
}

/** Changes a door's settings. Where another has changed them meanwhile, that is said, and what was typed stays. */
export function DoorSettings({ door }: { readonly door: Door }) {
  // What is being edited is the version that was read first: a newer one must not pass for it.
  const [base, setBase] = useState(door);
  const say = useSay();
  const client = useQueryClient();
  const update = useAct('updateDoor', ['getDoor', 'listDoors', 'getOverview']);
  const isOutdated = update.error?.status === OUTDATED;
  const save = (settings: Settings) =>
    update.mutate(
      { params: { id: door.id }, body: settings, ifMatch: base.version },
      {
        onSuccess: (saved) => {
          setBase(saved);
          say('good', 'Saved.');
        },
        onError: ({ status }) => {
          if (status === OUTDATED) void client.invalidateQueries({ queryKey: ['getDoor'] });
        },
      },
    );
  const problem =
    update.error && !isOutdated && update.error.faults.size === 0 ? (
      <ProblemNotice problem={update.error} />
    ) : null;
  return (
    <section className="stack" aria-labelledby="settings">
      <h2 id="settings">Settings</h2>
      {base.version !== door.version || isOutdated ? (
        <Outdated
          problem={update.error}
          onTakeTheirs={() => {
            update.reset();
            setBase(door);
          }}
        />
      ) : null}
      <SettingsForm
        key={base.version}
        settings={settingsOf(base)}
        faults={update.error?.faults}
        busy={update.isPending}
        act="Save"
        onSubmit={save}
        problem={problem}
      />
    </section>
  );
}

interface OutdatedProps {
  readonly problem: ApiProblem | null;
  readonly onTakeTheirs: () => void;
}

function Outdated({ problem, onTakeTheirs }: OutdatedProps) {
  return (
    <Notice tone="warn" title="Someone else has changed this door meanwhile.">
      <p>
        {problem?.status === OUTDATED ? 'Your changes were not saved. ' : ''}What you typed is still
        here.
      </p>
      <Button size="small" onClick={onTakeTheirs}>
        Show theirs instead
      </Button>
    </Notice>
  );
}

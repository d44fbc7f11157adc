import type { Answer } from '@latchkey/gateway/api';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../../look/button.js';
import { CheckField } from '../../look/fields.js';
import { ProblemNotice } from '../../look/problem.js';
import { useSay } from '../../look/toasts.js';
import { useAct } from '../api/queries.js';
import type { Person } from '../people/person-draft.pure.js';
import { useLeaving } from '../shell/hash-location.js';
import { CameraPicture } from './camera-picture.js';
import { LeaveDialog } from './leave-dialog.js';
import { takePicture } from './take-picture.js';
import { Takes } from './takes.js';
import { SampleProblem } from './sample-problem.js';
import { useCamera } from './use-camera.js';
import { useFocusFirst } from './use-focus-first.js';
import { useGivingUp } from './use-giving-up.js';
import { useKeys } from './use-keys.js';
import { SAMPLES_NEEDED, useTakes } from './use-takes.js';

interface SamplesPageProps {
  readonly person: Person;
  readonly onGivenUp: () => void;
  readonly onEnrolled: (enrolled: Answer<'commitPerson'>) => void;
}

/** The camera, and five samples; after the fifth the registration is completed by itself. */
export function SamplesPage({ person, onGivenUp, onEnrolled }: SamplesPageProps) {
  const { id, name } = person;
  const acts = useRef<HTMLDivElement>(null);
  // One at a time, also where the key is pressed twice before the page knows of the first.
  const isTaking = useRef(false);
  const say = useSay();
  const camera = useCamera();
  const taken = useTakes(id, person.samples);
  const commit = useCommit(id, taken.samples, onEnrolled);
  const quit = useGivingUp(id, onGivenUp);
  const leaving = useLeaving(!commit.isSuccess && !quit.isSuccess);
  const [hasKeys, setKeys] = useState(true);
  const isReady = camera.isSeen && taken.samples < SAMPLES_NEEDED;
  const canTake = isReady && !taken.isJudging && !quit.isPending;
  const take = () => {
    const { current: video } = camera.video;
    if (!canTake || !video || isTaking.current) return;
    isTaking.current = true;
    takePicture(video)
      .then(taken.judge)
      .catch(() => say('bad', 'No picture came of it: wait for the camera, then take it again.'))
      .finally(() => {
        isTaking.current = false;
      });
  };
  useFocusFirst(acts);
  useKeys(hasKeys && !leaving, { s: take, q: quit.giveUp });
  return (
    <div className="stack">
      <h1>{`Five samples of ${name}`}</h1>
      <div className="samples">
        <div className="stack">
          <CameraPicture camera={camera} />
          <div className="row" ref={acts}>
            <Button kind="primary" aria-disabled={!canTake} onClick={take}>
              Take a sample <kbd>S</kbd>
            </Button>
            <Button busy={quit.isPending} onClick={quit.giveUp}>
              Quit <kbd>Q</kbd>
            </Button>
          </div>
          <CheckField
            label="Use the keys S and Q"
            hint="S takes a sample, Q quits and leaves nothing."
            checked={hasKeys}
            onChange={({ target }) => setKeys(target.checked)}
          />
        </div>
        <Takes takes={taken.takes} samples={taken.samples} before={taken.before} />
      </div>
      <SampleProblem problem={taken.problem ?? null} />
      <SampleProblem problem={commit.error} onRetry={commit.complete} />
      {quit.error ? <ProblemNotice problem={quit.error} onRetry={quit.giveUp} /> : null}
      {leaving ? <LeaveDialog name={name} id={id} leaving={leaving} /> : null}
    </div>
  );
}

/** Completes the registration as soon as all samples are there, once by itself. */
function useCommit(
  id: string,
  samples: number,
  onEnrolled: (enrolled: Answer<'commitPerson'>) => void,
) {
  const commit = useAct('commitPerson', ['getPerson', 'listPeople']);
  const isBegun = useRef(false);
  const { mutateAsync } = commit;
  // As a promise, since this page is gone by the time that the person was read anew; a refusal is told by `commit.error`.
  const complete = () => void mutateAsync({ params: { id } }).then(onEnrolled, () => undefined);
  useEffect(() => {
    if (samples < SAMPLES_NEEDED || isBegun.current) return;
    isBegun.current = true;
    complete();
  });
  return { ...commit, complete };
}

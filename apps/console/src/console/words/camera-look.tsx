import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { Button } from '../../look/button.js';
import { ProblemNotice } from '../../look/problem.js';
import { Moment } from '../../look/words.js';
import { fetchBlob } from '../api/client.js';
import type { ApiProblem } from '../api/problem.js';
import { useDoorName } from './where.js';

/** No camera of the door has sent a picture lately. */
const NO_PICTURE = 'LK-DOR-004';

interface CameraLookProps {
  /** The door's id. */
  readonly door: string;
  /** Among much else: it stays in the background. */
  readonly isQuiet?: boolean;
}

/** The newest picture of a door's camera, when it is asked for: nobody is watched by default. */
export function CameraLook({ door, isQuiet = false }: CameraLookProps) {
  const client = useQueryClient();
  const queryKey = ['getPicture', door];
  const picture = useQuery<Blob, ApiProblem>({
    queryKey,
    queryFn: () => fetchBlob('getPicture', { params: { id: door } }),
    enabled: false,
    gcTime: 0,
    retry: false,
  });
  const address = useObjectUrl(picture.data);
  const at = useDoorName()(door);
  const look = address ? 'Look again' : 'Look through the camera';
  const kind = isQuiet ? ({ kind: 'quiet', size: 'small' } as const) : {};
  return (
    <>
      {address ? (
        <figure className="stack tight">
          <img className="picture" src={address} alt={`What the camera at ${at} saw`} />
          <figcaption className="quiet">
            Seen at <Moment at={picture.dataUpdatedAt} />
          </figcaption>
        </figure>
      ) : null}
      {picture.error?.code === NO_PICTURE ? (
        <output>No camera at this door is sending pictures now.</output>
      ) : (
        <ProblemNotice problem={picture.error} />
      )}
      <div className="row look">
        <Button
          {...kind}
          busy={picture.isFetching}
          aria-label={`${look} at ${at}`}
          onClick={() => void picture.refetch()}
        >
          {look}
        </Button>
        {address ? (
          <Button
            {...kind}
            aria-label={`Hide the picture of ${at}`}
            onClick={() => void client.resetQueries({ queryKey, exact: true })}
          >
            Hide
          </Button>
        ) : null}
      </div>
    </>
  );
}

function useObjectUrl(blob: Blob | undefined): string | undefined {
  const address = useMemo(() => blob && URL.createObjectURL(blob), [blob]);
  useEffect(() => () => URL.revokeObjectURL(address ?? ''), [address]);
  return address;
}

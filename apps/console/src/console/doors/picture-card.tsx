import { useEffect, useMemo } from 'react';
import { Button } from '../../look/button.js';
import { ProblemNotice } from '../../look/problem.js';
import { useQuery } from '@tanstack/react-query';
import { fetchBlob } from '../api/client.js';
import type { ApiProblem } from '../api/problem.js';

/** The camera's newest picture, when it is asked for: nobody is watched by default. */
export function PictureCard({ id }: { readonly id: string }) {
  const picture = useQuery<Blob, ApiProblem>({
    queryKey: ['getPicture', id],
    queryFn: () => fetchBlob('getPicture', { params: { id } }),
    enabled: false,
    gcTime: 0,
    retry: false,
  });
  const address = useObjectUrl(picture.data);
  return (
    <section className="card stack" aria-labelledby="camera">
      <h2 id="camera">Camera</h2>
      {address ? <img className="picture" src={address} alt="What the camera sees now" /> : null}
      {picture.error ? <ProblemNotice problem={picture.error} /> : null}
      <div>
        <Button busy={picture.isFetching} onClick={() => void picture.refetch()}>
          {address ? 'Look again' : 'Look through the camera'}
        </Button>
      </div>
    </section>
  );
}

function useObjectUrl(blob: Blob | undefined): string | undefined {
  const address = useMemo(() => blob && URL.createObjectURL(blob), [blob]);
  useEffect(() => () => URL.revokeObjectURL(address ?? ''), [address]);
  return address;
}

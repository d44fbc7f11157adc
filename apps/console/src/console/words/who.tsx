import { Link } from 'wouter';
import { useRead } from '../api/queries.js';
import { useMay } from '../shell/me.js';

/** There is no such person, or no more. */
const FORGOTTEN = 'LK-PER-006';

/** A person by name, with a way to their page; by id where one may not know more, or where they are forgotten. */
export function Who({ person }: { readonly person: string | null | undefined }) {
  const may = useMay()('getPerson');
  const enabled = may && person !== null && person !== undefined;
  const read = useRead('getPerson', { params: { id: person ?? '' } }, { enabled });
  if (person === null || person === undefined) return <>someone</>;
  if (!may || read.error?.code === FORGOTTEN) return <>{person}</>;
  // While this one is read, what is there is the name of whoever stood here before.
  const name = read.isPlaceholderData ? undefined : read.data?.name;
  return <Link href={`/people/${person}`}>{name ?? person}</Link>;
}

/** A sentence in which `{who}` stands for a person. */
export function Sentence({
  text,
  person,
}: {
  readonly text: string;
  readonly person: string | null | undefined;
}) {
  const [before, after] = text.split('{who}');
  if (after === undefined) return <>{text}</>;
  if (before === '' && !person) return <>Someone{after}</>;
  return (
    <>
      {before}
      <Who person={person} />
      {after}
    </>
  );
}

import type { ReactNode } from 'react';

export type Tone = 'good' | 'bad' | 'warn' | 'accent';

/** A word in a pill. Its colour says nothing that the word does not. */
export function Badge({
  tone,
  children,
}: {
  readonly tone?: Tone | undefined;
  readonly children: ReactNode;
}) {
  return (
    <span className="badge" data-tone={tone}>
      {children}
    </span>
  );
}

interface NoticeProps {
  readonly tone?: 'good' | 'bad' | 'warn';
  readonly title: string;
  readonly children?: ReactNode;
}

/** Something to know, in its place on the page. What is bad is read out at once. */
export function Notice({ tone, title, children }: NoticeProps) {
  return (
    <div className="notice" data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      <strong>{title}</strong>
      {children ? <div>{children}</div> : null}
    </div>
  );
}

/** Where there is nothing yet: why, and what to do next. */
export function Empty({
  title,
  level = 2,
  children,
}: {
  readonly title: string;
  /** 1: where it is the page's own title. */
  readonly level?: 1 | 2;
  readonly children?: ReactNode;
}) {
  const Title = level === 1 ? 'h1' : 'h2';
  return (
    <div className="empty">
      <Title>{title}</Title>
      {children}
    </div>
  );
}

/** While something is being read. */
export function Loading({ what = 'Loading' }: { readonly what?: string }) {
  return <output className="loading">{what}…</output>;
}

const formats = {
  full: new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' }),
  today: new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' }),
} as const;

function isOfToday(date: Date): boolean {
  return date.toDateString() === new Date().toDateString();
}

/** A moment: the time alone where it is of today; all of it on pointing. `at`: ISO 8601, or ms since 1970. */
export function Moment({ at }: { readonly at: string | number }) {
  const date = new Date(at);
  return (
    <time dateTime={date.toISOString()} title={formats.full.format(date)}>
      {isOfToday(date) ? formats.today.format(date) : formats.full.format(date)}
    </time>
  );
}

import type { Scene } from './scene.pure.js';

const paths: Readonly<Record<Scene['tone'], string>> = {
  calm: 'M4 12c3-5 13-5 16 0c-3 5-13 5-16 0z M12 9.6a2.4 2.4 0 1 0 .01 0z',
  ask: 'M4 4h6v6H4z M14 4h6v6h-6z M4 14h6v6H4z M14 14h2v2h-2z M18 18h2v2h-2z M18 14h2 M14 20h2',
  good: 'M5 12.5l4.5 4.5L19 7.5',
  bad: 'M6.5 6.5l11 11 M17.5 6.5l-11 11',
  trouble: 'M12 4l9 16H3z M12 10v5 M12 17.6v.2',
};

/** What a colour says, said once more by a shape. */
export function Sign({ tone }: { readonly tone: Scene['tone'] }) {
  return (
    <svg className="sign" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[tone]} />
    </svg>
  );
}

/** Where a face goes, drawn while nobody stands there: head and shoulders, as wide as a person is who is near enough. */
export function Outline() {
  return (
    <svg className="outline" viewBox="0 0 100 100" aria-hidden="true">
      <path d="M50 14c13 0 20 10 20 23s-8 25-20 25s-20-12-20-25s7-23 20-23z" />
      <path d="M12 100c2-18 13-25 27-28 M88 100c-2-18-13-25-27-28" />
    </svg>
  );
}

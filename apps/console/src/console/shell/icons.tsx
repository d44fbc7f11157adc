import type { ReactNode } from 'react';

/** A drawing beside a word that says the same: it is hidden from who hears the page. */
function Icon({ children }: { readonly children: ReactNode }) {
  return (
    <svg
      className="icon"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

/** The console's own sign. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" />
      <circle cx="13" cy="13" r="5" />
      <path d="M16.5 16.5 25 25m-3-3 2.5-2.5" />
    </svg>
  );
}

const lines: Readonly<Record<string, string>> = {
  '/': 'M3 12h4l3-8 4 16 3-8h4',
  '/people':
    'M2 21c0-4 3-6 7-6s7 2 7 6M17 4.5a4 4 0 0 1 0 7M18 15.5c2.5.8 4 2.5 4 5.5M5 7a4 4 0 1 0 8 0a4 4 0 1 0-8 0',
  '/register': 'M2 21c0-4 3-6 7-6s7 2 7 6M5 7a4 4 0 1 0 8 0a4 4 0 1 0-8 0M19 7v6M16 10h6',
  '/visitors':
    'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M12 16.8v.1',
  '/doors': 'M6 21V4a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v17M3 21h18M14 12v.5',
  '/messages':
    'M4 5h16a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1M3.5 6.5 12 13l8.5-6.5',
  '/insights': 'M4 21v-7M10 21V10M16 21v-5M22 21V4M2 21h21',
  '/system': 'M4 4h16v6H4zM4 14h16v6H4zM8 7v.1M8 17v.1M12 7h5M12 17h5',
  '/audit': 'M6 3h9l4 4v14H6zM9 11h7M9 15h7M9 7h3',
  '/operators': 'M12 3l8 3v6c0 4.5-3.3 7.5-8 9c-4.7-1.5-8-4.5-8-9V6zM9 12l2 2 4-4',
};

/** The drawing of an area, by its path. */
export function AreaIcon({ path }: { readonly path: string }) {
  return (
    <Icon>
      <path d={lines[path]} />
    </Icon>
  );
}

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { Button } from '../../look/button.js';
import { type Theme, useTheme } from '../../look/theme.js';
import { Badge } from '../../look/words.js';
import { useAct, useRead } from '../api/queries.js';
import { type Area, account } from './areas.js';
import { useMe } from './me.js';

const nextTheme: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };
const themeWords: Record<Theme, string> = {
  system: 'Colours: as the device',
  light: 'Colours: light',
  dark: 'Colours: dark',
};

/** Where one can go. On a phone it folds away. */
export function Menu({ areas }: { readonly areas: readonly Area[] }) {
  const [location] = useLocation();
  const [isOpen, setOpen] = useState(false);
  const [theme, setTheme] = useTheme();
  const { operator } = useMe();
  const client = useQueryClient();
  const signOut = useAct('signOut');
  return (
    <header className="menu" data-open={isOpen}>
      <div className="menu-head">
        <Link href="/" className="brand">
          Latchkey
        </Link>
        <button
          type="button"
          className="button menu-switch"
          aria-expanded={isOpen}
          aria-controls="menu-areas"
          onClick={() => setOpen(!isOpen)}
        >
          Menu
        </button>
      </div>
      <div className="menu-body" id="menu-areas">
        <nav aria-label="Areas">
          <ul>
            {areas.map(({ path, name }) => (
              <li key={path}>
                <Link
                  href={path}
                  aria-current={isWithin(path, location) ? 'page' : undefined}
                  onClick={() => setOpen(false)}
                >
                  {name}
                  {path === '/visitors' ? <OpenAlerts /> : null}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className="menu-foot">
          <Button kind="quiet" size="small" onClick={() => setTheme(nextTheme[theme])}>
            {themeWords[theme]}
          </Button>
          <Link href={account.path} className="whom" onClick={() => setOpen(false)}>
            {operator.name}
            <span className="quiet">{operator.role}</span>
          </Link>
          <Button
            size="small"
            busy={signOut.isPending}
            onClick={() => signOut.mutate({}, { onSettled: () => void client.resetQueries() })}
          >
            Sign out
          </Button>
        </div>
      </div>
    </header>
  );
}

const ALERTS_EVERY_MS = 15_000;

/** How many visitors and alarms nobody has seen to. */
function OpenAlerts() {
  const { data } = useRead(
    'listAlerts',
    { query: { state: 'open', limit: 1 } },
    { everyMs: ALERTS_EVERY_MS },
  );
  if (!data?.open) return null;
  return (
    <Badge tone="bad">
      {data.open}
      <span className="hidden-visually"> not seen to</span>
    </Badge>
  );
}

function isWithin(path: string, location: string): boolean {
  return path === '/' ? location === '/' : location === path || location.startsWith(`${path}/`);
}

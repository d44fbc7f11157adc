import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { Button } from '../../look/button.js';
import { SelectField } from '../../look/fields.js';
import { type Theme, useTheme } from '../../look/theme.js';
import { useSay } from '../../look/toasts.js';
import { Badge } from '../../look/words.js';
import { useAct } from '../api/queries.js';
import { type Area, account, isWithin } from './areas.js';
import { useAlarm } from './happenings.js';
import { AreaIcon, Mark } from './icons.js';
import { roleWords } from '../words/role-words.pure.js';
import { useMe } from './me.js';
import { useOpenAlerts } from './use-open-alerts.js';

const themes: readonly (readonly [Theme, string])[] = [
  ['system', 'As the device'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

/** Where one can go. On a phone it folds away. */
export function Menu({ areas }: { readonly areas: readonly Area[] }) {
  const [location] = useLocation();
  const [isOpen, setOpen] = useState(false);
  const { operator, signOutUrl } = useMe();
  const client = useQueryClient();
  const signOut = useSignOut();
  return (
    <header className="menu" data-open={isOpen}>
      <div className="menu-head">
        <Link href="/" className="brand">
          <Mark />
          Latchkey
        </Link>
        <Switch isOpen={isOpen} onSwitch={() => setOpen(!isOpen)} />
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
                  <AreaIcon path={path} />
                  <span>{name}</span>
                  {path === '/visitors' ? <OpenAlerts /> : null}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className="menu-foot">
          <HeldSound />
          <ThemeField />
          <Link href={account.path} className="whom" onClick={() => setOpen(false)}>
            {operator.name}
            <span className="quiet">{roleWords[operator.role]}</span>
          </Link>
          <Button
            size="small"
            busy={signOut.isPending}
            onClick={() => signOut.leave(() => void client.resetQueries())}
          >
            Sign out
          </Button>
          {signOutUrl ? (
            <Button
              size="small"
              busy={signOut.isPending}
              onClick={() => signOut.leave(() => window.location.assign(signOutUrl))}
            >
              Sign out of your campus, too
            </Button>
          ) : null}
        </div>
      </div>
    </header>
  );
}

/** Who could not be signed out is told: they would leave the desk to the next person. */
function useSignOut() {
  const say = useSay();
  const { mutate, isPending } = useAct('signOut');
  const leave = (onSuccess: () => void) =>
    mutate(
      {},
      {
        onSuccess,
        onError: ({ message, action }) =>
          say('bad', `You are not signed out. ${message} ${action}`),
      },
    );
  return { leave, isPending };
}

interface SwitchProps {
  readonly isOpen: boolean;
  readonly onSwitch: () => void;
}

function Switch({ isOpen, onSwitch }: SwitchProps) {
  return (
    <button
      type="button"
      className="button menu-switch"
      aria-expanded={isOpen}
      aria-controls="menu-areas"
      onClick={onSwitch}
    >
      Menu
    </button>
  );
}

/** In which colours the pages are shown on this device. */
function ThemeField() {
  const [theme, setTheme] = useTheme();
  return (
    <SelectField
      label="Colours"
      value={theme}
      onChange={({ target }) => {
        const chosen = themes.find(([id]) => id === target.value);
        if (chosen) setTheme(chosen[0]);
      }}
    >
      {themes.map(([id, name]) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}

/** How many visitors and alarms nobody has seen to. */
function OpenAlerts() {
  const open = useOpenAlerts();
  if (open === 0) return null;
  return (
    <Badge tone="bad">
      {open}
      <span className="hidden-visually"> not seen to</span>
    </Badge>
  );
}

/** That alarms would not be heard yet; a press on it is the click that the browser waits for. */
function HeldSound() {
  const { isHeld } = useAlarm();
  return isHeld ? <Button size="small">Let alarms be heard</Button> : null;
}

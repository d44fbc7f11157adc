import { useEffect, useState } from 'react';
import { allowSounds } from '../sounds.js';
import { languages } from '../words.js';
import type { Messages } from '../words.pure.js';

interface BarProps {
  readonly words: Messages;
  readonly language: string;
  readonly isLoud: boolean;
  /** The door's name; undefined while no door is known. */
  readonly door: string | undefined;
  readonly onLanguage: (language: string) => void;
  readonly onSound: (on: boolean) => void;
}

/** The line above: which door this is, and what may be set on this screen. */
export function Bar({ words, language, isLoud, door, onLanguage, onSound }: BarProps) {
  const [isFull, setFull] = useState(false);
  useEffect(() => {
    const changed = () => setFull(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', changed);
    return () => document.removeEventListener('fullscreenchange', changed);
  }, []);
  const toggleFull = () => {
    const change = isFull
      ? document.exitFullscreen()
      : document.documentElement.requestFullscreen();
    change.catch(() => undefined);
  };
  const toggleSound = () => {
    if (!isLoud) allowSounds();
    onSound(!isLoud);
  };
  return (
    <header className="bar">
      <p className="door-name">
        {door === undefined ? null : <span className="hidden-visually">{words.label.door} </span>}
        {door ?? 'Latchkey'}
      </p>
      <span className="button language" title={words.action.language}>
        <Icon path={GLOBE} />
        <select
          aria-label={words.action.language}
          value={language}
          onChange={({ target }) => onLanguage(target.value)}
        >
          {languages.map(({ id, name }) => (
            <option key={id} value={id} lang={id}>
              {name}
            </option>
          ))}
        </select>
      </span>
      <button
        type="button"
        className="button"
        aria-pressed={isLoud}
        aria-label={words.action.sound}
        title={words.action.sound}
        onClick={toggleSound}
      >
        <Icon path={isLoud ? SOUND_ON : SOUND_OFF} />
      </button>
      {document.fullscreenEnabled ? (
        <button
          type="button"
          className="button"
          aria-pressed={isFull}
          aria-label={words.action['full-screen']}
          title={words.action['full-screen']}
          onClick={toggleFull}
        >
          <Icon path={FULL} />
        </button>
      ) : null}
    </header>
  );
}

const SPEAKER = 'M4 9v6h4l5 4V5L8 9z';
const SOUND_ON = `${SPEAKER} M16 9a4 4 0 0 1 0 6 M18.5 6.5a8 8 0 0 1 0 11`;
const SOUND_OFF = `${SPEAKER} M16.5 9.5l5 5 M21.5 9.5l-5 5`;
const GLOBE =
  'M12 3a9 9 0 1 0 .01 0z M3.5 9h17 M3.5 15h17 M12 3c-5 5-5 13 0 18 M12 3c5 5 5 13 0 18';
const FULL = 'M4 9V4h5 M15 4h5v5 M20 15v5h-5 M9 20H4v-5';

function Icon({ path }: { readonly path: string }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}

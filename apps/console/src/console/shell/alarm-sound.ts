import { useCallback, useEffect, useState } from 'react';
import { denialOf, isAlarm } from '../words/event-words.pure.js';
import { type Heard, hear } from './heard.pure.js';

const KEY = 'latchkey.sound';

/** Whether an event is one that somebody should look at: a stranger, or an alarm. */
export function isAlert(type: string, data: unknown): boolean {
  return isAlarm(type) || denialOf(type, data) === 'unknown';
}

/** Two notes, a fifth apart: heard, and no siren. */
const NOTES_HZ = [660, 990];
const NOTE_S = 0.18;
const SOUND_MS = 1_000;

/** The sound for what needs somebody. */
export interface AlarmSound {
  /** Kept on this device. */
  readonly isOn: boolean;
  /** It is on, and the browser lets nothing be heard before somebody clicks or types here. */
  readonly isHeld: boolean;
  readonly setOn: (on: boolean) => void;
  /**
   * `of`: the event; in several windows of one browser it is heard once. `group`: what it belongs with; of one group, one is heard
   * in a minute.
   */
  readonly sound: (of: string, group: string) => void;
}

let audio: AudioContext | undefined;
let heard: Heard = new Map();

export function useAlarmSound(): AlarmSound {
  const [isOn, set] = useState(() => localStorage.getItem(KEY) !== 'off');
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    if (!isOn) return undefined;
    const context = (audio ??= new AudioContext());
    const look = () => setReady(context.state === 'running');
    // Without a click or a key before, it stays suspended, and that is no error.
    const wake = () => void context.resume().catch(() => undefined);
    look();
    wake();
    context.addEventListener('statechange', look);
    for (const kind of ['pointerdown', 'keydown']) window.addEventListener(kind, wake);
    return () => {
      context.removeEventListener('statechange', look);
      for (const kind of ['pointerdown', 'keydown']) window.removeEventListener(kind, wake);
    };
  }, [isOn]);
  const sound = useCallback(
    (of: string, group: string) => {
      if (!isOn || audio?.state !== 'running') return;
      const now = hear(heard, group, Date.now());
      if (!now) return;
      heard = now;
      void once(of, play);
    },
    [isOn],
  );
  const setOn = (on: boolean) => {
    localStorage.setItem(KEY, on ? 'on' : 'off');
    set(on);
  };
  return { isOn, isHeld: isOn && !isReady, setOn, sound };
}

/** Does it in one window alone, of those that want to do the same at the same time. */
async function once(what: string, act: () => void): Promise<void> {
  if (!('locks' in navigator)) {
    act();
    return;
  }
  await navigator.locks.request(`latchkey.sound.${what}`, { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    act();
    await new Promise((resolve) => setTimeout(resolve, SOUND_MS));
  });
}

function play(): void {
  if (!audio) return;
  for (const [at, frequency] of NOTES_HZ.entries()) playNote(audio, frequency, at * NOTE_S);
}

function playNote(context: AudioContext, frequency: number, inS: number): void {
  const from = context.currentTime + inS;
  const gain = context.createGain();
  gain.gain.setValueAtTime(0.15, from);
  gain.gain.exponentialRampToValueAtTime(0.001, from + NOTE_S);
  const tone = context.createOscillator();
  tone.frequency.value = frequency;
  tone.connect(gain).connect(context.destination);
  tone.start(from);
  tone.stop(from + NOTE_S);
}

import { useCallback, useRef, useState } from 'react';
import { denialOf, isAlarm } from '../words/event-words.pure.js';

const KEY = 'latchkey.sound';

/** Whether an event is one that somebody should look at: a stranger, or an alarm. */
export function isAlert(type: string, data: unknown): boolean {
  return isAlarm(type) || denialOf(type, data) === 'unknown';
}

/** Two notes, a fifth apart: heard, and no siren. */
const NOTES_HZ = [660, 990];
const NOTE_S = 0.18;

/** A sound for what needs somebody; kept on or off on this device. */
export function useChime() {
  const [isOn, set] = useState(() => localStorage.getItem(KEY) !== 'off');
  const context = useRef<AudioContext | undefined>(undefined);
  const chime = useCallback(() => {
    if (!isOn) return;
    const audio = (context.current ??= new AudioContext());
    for (const [at, frequency] of NOTES_HZ.entries()) play(audio, frequency, at * NOTE_S);
  }, [isOn]);
  const setOn = (on: boolean) => {
    localStorage.setItem(KEY, on ? 'on' : 'off');
    set(on);
  };
  return { chime, isOn, setOn };
}

function play(audio: AudioContext, frequency: number, inS: number): void {
  const from = audio.currentTime + inS;
  const gain = audio.createGain();
  gain.gain.setValueAtTime(0.15, from);
  gain.gain.exponentialRampToValueAtTime(0.001, from + NOTE_S);
  const tone = audio.createOscillator();
  tone.frequency.value = frequency;
  tone.connect(gain).connect(audio.destination);
  tone.start(from);
  tone.stop(from + NOTE_S);
}

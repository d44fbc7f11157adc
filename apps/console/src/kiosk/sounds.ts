import type { Sound } from './screen/scene.pure.js';

/** Notes in Hz, one after the other. */
const notes: Readonly<Record<Sound, readonly number[]>> = {
  ask: [660],
  good: [523, 659, 784],
  bad: [330, 247],
  wrong: [330],
};
const NOTE_S = 0.14;
const LOUDNESS = 0.18;

let context: AudioContext | undefined;

/**
 * Plays a short sound. A browser stays silent until the page was touched once, unless it was started with
 * `--autoplay-policy=no-user-gesture-required`.
 */
export function play(sound: Sound): void {
  context ??= new AudioContext();
  void context.resume();
  if (context.state !== 'running') return;
  for (const [index, hertz] of notes[sound].entries()) note(context, hertz, index * NOTE_S);
}

/** Lets sounds be heard from now on: to be called while a person presses something. */
export function allowSounds(): void {
  context ??= new AudioContext();
  void context.resume();
}

function note(audio: AudioContext, hertz: number, inS: number): void {
  const startS = audio.currentTime + inS;
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = hertz;
  volume.gain.setValueAtTime(0, startS);
  volume.gain.linearRampToValueAtTime(LOUDNESS, startS + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.001, startS + NOTE_S);
  tone.connect(volume).connect(audio.destination);
  tone.start(startS);
  tone.stop(startS + NOTE_S);
}

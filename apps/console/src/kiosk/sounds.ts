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
/** A sound that comes later than this would be of something else. */
const LATE_MS = 1_000;

let context: AudioContext | undefined;

/**
 * Plays a short sound. A browser stays silent until the page was touched once, unless it was started with
 * `--autoplay-policy=no-user-gesture-required`.
 */
export async function play(sound: Sound): Promise<void> {
  const audio = (context ??= new AudioContext());
  const askedMs = performance.now();
  await audio.resume();
  if (performance.now() - askedMs > LATE_MS) return;
  for (const [index, hertz] of notes[sound].entries()) note(audio, hertz, index * NOTE_S);
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

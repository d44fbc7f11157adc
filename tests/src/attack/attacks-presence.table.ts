import { DEFAULT_FIGURES } from '@latchkey/vision';
import type { Attack } from './attack.types.js';

const promise = 'A picture of a face is nobody';

/** Pictures held up before a door's camera, or fed in in its place. */
export const presenceAttacks: readonly Attack[] = [
  {
    id: 'screen-held-up',
    promise,
    attack:
      'A picture fills a screen whose grid is too fine for the camera, which the passive look takes for a face',
    file: 'tests/src/attack/presentation-pictures.test.ts',
    test: 'on a screen without moiré passes the look alone, and falls to the act',
    result: `passes passive alone (${passes('fine-screen')} of such do); refused where the door asks for an act`,
  },
  {
    id: 'print-or-phone-held-up',
    promise,
    attack: 'A printed photograph, a phone or a screen with one is held up',
    file: 'tests/src/attack/presentation-pictures.test.ts',
    test: 'on a %s falls to the look',
    result: `passive alone lets ${passes('print')} of prints and ${passes('phone')} of phones through, and ${passes('screen')} of screens whose grid beats with the camera's; an act ${passes('print', 'apcerChallenge')}, ${passes('phone', 'apcerChallenge')} and ${passes('screen', 'apcerChallenge')}`,
  },
  {
    id: 'frozen-frame',
    promise,
    attack: 'One picture is fed in, over and over',
    file: 'tests/src/attack/presentation-pictures.test.ts',
    test: 'that is fed in frozen gets no further than one look',
  },
  {
    id: 'looped-video',
    promise,
    attack: 'A short film is fed in as a loop',
    file: 'tests/src/attack/presentation-pictures.test.ts',
    test: 'that is fed in as a loop ends in an alarm',
  },
  {
    id: 'camera-swapped',
    promise,
    attack: 'A virtual camera takes the place of the real one in mid-attempt',
    file: 'tests/src/attack/presentation-pictures.test.ts',
    test: 'from another camera in mid-attempt ends in an alarm',
  },
  {
    id: 'line-taken-over',
    promise,
    attack:
      'Once a face is recognised, somebody connects in its camera’s place, with pictures of that size and the right code',
    file: 'tests/src/attack/presentation-pictures.test.ts',
    test: 'and the right code, from whoever takes the camera’s place by another line, open nothing',
    result: 'the attempt ends; by the other line it begins anew, with the face',
  },
  {
    id: 'jumping-times',
    promise,
    attack: 'Frames are injected whose times jump',
    file: 'services/auth/src/saga/saga.presence.test.ts',
    test: 'frames whose times jump count for nothing: late, ahead of the clock, or from before the attempt',
  },
  {
    id: 'waved-picture',
    promise,
    attack: 'A picture is waved to feign the act that is asked for',
    file: 'libs/contracts/src/challenge.pure.test.ts',
    test: 'is not the turn of a sheet, which gets narrow, nor eyes that are only seen from the side',
  },
  {
    id: 'act-by-another',
    promise,
    attack: 'Somebody else does the act for the picture',
    file: 'services/auth/src/saga/saga.presence.test.ts',
    test: 'takes no act that another face did',
  },
];

/** What share of a kind of attack passes, as it was measured with the shipped models: see docs/FIGURES.md. */
function passes(kind: string, by: 'apcerPassive' | 'apcerChallenge' = 'apcerPassive'): string {
  const figures = DEFAULT_FIGURES.find(({ what }) => what === 'liveness')?.figures[kind];
  const share = typeof figures === 'object' ? figures?.[by] : null;
  return typeof share === 'number' ? `${Number((share * 100).toFixed(1))} %` : 'an unknown share';
}

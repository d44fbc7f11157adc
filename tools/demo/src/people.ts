import { type SamplePerson, samplePeople } from '@latchkey/vision/samples';
import type { Member } from './campus.js';

const faces = samplePeople();

/** A face of the sample pictures by its id, e.g. `sample3@1075`. */
export function sampleFace(id: string): SamplePerson {
  const face = faces.find((person) => person.id === id);
  if (!face) throw new RangeError(`there is no sample face ${id}`);
  return face;
}

function member(id: string, name: string, face: string): Member {
  return { id, name, email: `${id}@campus.example`, face: sampleFace(face) };
}

/** Who is enrolled in the demo and in the tests; the names are made up. */
export const asha = member('asha', 'Asha Rao', 'sample3@1075');
export const ben = member('ben', 'Ben Okafor', 'sample1@413');
export const chloe = member('chloe', 'Chloé Martin', 'sample3@593');

/** Asha in another photograph, taken on another day. */
export const ashaAnotherDay = sampleFace('sample1@1455');
/** Someone who is not enrolled and resembles Asha more than most (0.42). */
export const stranger = sampleFace('sample3@1504');

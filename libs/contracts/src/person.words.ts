import { z } from 'zod';
import { type ConsentVersion, consentTexts, languages } from './consent.js';
import { personId } from './words.js';

/** The language that a person is spoken to in. */
export const language = z
  .enum(languages)
  .meta({ description: 'How doors speak to the person, once they know who it is.' });

/** A version of the text that a person agreed to. */
export const consentVersion = z
  .enum(Object.keys(consentTexts) as [ConsentVersion, ...ConsentVersion[]])
  .meta({ description: 'The version of the text that was agreed to.' });

/** How a person is known: `listed` people were imported and have given no samples yet. */
export const personState = z.enum(['listed', 'draft', 'enrolled', 'suspended']);
export type PersonState = z.infer<typeof personState>;

/** An id that can be chosen for somebody: not one under which the API has something else. */
export const newPersonId = personId.refine(
  (id) => !/^(import|export)$/i.test(id),
  'is a word of the API; choose another id',
);

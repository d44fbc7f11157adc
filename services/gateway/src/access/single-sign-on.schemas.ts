import { z } from 'zod';

/** Under what an operator is invited. */
export const invitedAs = z
  .string()
  .trim()
  .min(1)
  .max(254)
  .meta({
    description:
      'What the provider must say of the account the first time: its verified e-mail address, or the claim that is set.',
    examples: ['asha@campus.example'],
  });

/** How an operator signs in by single sign-on. */
export const singleSignOn = z.object({
  as: invitedAs,
  bound: z.boolean().meta({ description: 'Whether an account came; from then on only it counts.' }),
});

export const signInWays = z.object({
  singleSignOn: z
    .object({
      name: z.string().meta({ description: 'What operators call it.' }),
      claim: z.string().meta({ description: 'By which claim invited operators are known.' }),
    })
    .nullable()
    .meta({ description: 'null: there is none.' }),
});

export const signOnBegin = z.object({
  place: z
    .string()
    .max(600)
    .default('')
    .meta({
      description: 'Where in the console one goes on.',
      examples: ['#/people'],
    }),
});

export const signOnBegun = z.object({ url: z.url() });

export const singleSignOnChange = z.object({ as: invitedAs });

import { z } from 'zod';

/** What notify seals for itself in a job about someone of whom nothing is stored. */
export const sealedName = z.object({ name: z.string() });
export type SealedName = z.infer<typeof sealedName>;

import { z } from 'zod';

/** WebAuthn, 5.8.1: what a browser says of where and for what it asked. A page in a frame of another site asks for nothing here. */
const clientData = z.object({
  challenge: z.string().min(16).max(200),
  crossOrigin: z.literal(false).optional(),
});

/** What a browser had signed, from base64url; undefined where it is nothing of that kind. */
export function clientDataOf(text: string): z.infer<typeof clientData> | undefined {
  try {
    const json: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return clientData.safeParse(json).data;
  } catch {
    return undefined;
  }
}

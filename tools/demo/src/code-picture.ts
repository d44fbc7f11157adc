import { type CaughtMail } from '@latchkey/devstack';
import { createCodeReader, decodeGrey } from '@latchkey/vision';
import sharp from 'sharp';

/** Where a person of the sample frames holds the code: beside the face, which is in the middle. */
const HELD_AT = { left: 6, top: 268 } as const;
const HELD_SIZE_PX = 204;

/** The code's picture that a mail carries. */
export function codePictureOf(mail: CaughtMail): Buffer {
  const attached = mail.attachments.find((attachment) => attachment.contentType === 'image/png');
  if (!attached) throw new Error(`the mail "${mail.subject}" carries no code`);
  return Buffer.from(attached.contentBase64, 'base64');
}

/** The text of the code in a picture. */
export async function codeTextIn(picture: Buffer): Promise<string> {
  const reader = await createCodeReader();
  const [code] = await reader.read(await decodeGrey(picture), { budgetMs: 2_000 });
  if (!code) throw new Error('no code can be read in the picture');
  return code.text;
}

/** The frames with the code's picture held up beside the face. */
export function holdingUp(code: Buffer, frames: readonly Buffer[]): Promise<Buffer[]> {
  return Promise.all(
    frames.map(async (frame) => {
      const held = await sharp(code)
        .flatten({ background: '#fff' })
        .resize(HELD_SIZE_PX, HELD_SIZE_PX, { kernel: 'lanczos3' })
        .toBuffer();
      return sharp(frame)
        .composite([{ input: held, ...HELD_AT }])
        .jpeg({ quality: 92 })
        .toBuffer();
    }),
  );
}

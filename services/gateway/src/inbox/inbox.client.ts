import { Failure } from '@latchkey/runtime';
import { z } from 'zod';

const summary = z.object({
  id: z.string(),
  receivedAt: z.iso.datetime(),
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  messageId: z.string(),
});
const list = z.object({ mails: z.array(summary) });
const caughtMail = summary.extend({
  text: z.string(),
  html: z.string(),
  attachments: z.array(
    z.object({
      filename: z.string(),
      contentType: z.string(),
      cid: z.string().optional(),
      sizeBytes: z.number(),
    }),
  ),
});
export type CaughtMail = z.infer<typeof caughtMail>;

/** An attachment with what is in it. */
export interface Attachment {
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

const WAIT_MS = 3_000;

/** The built-in mail catcher's inbox. */
export class InboxClient {
  readonly #url: string | undefined;

  /** @param url where it is; undefined where mails go to a real server */
  constructor(url: string | undefined) {
    this.#url = url;
  }

  /** What was caught, the newest first. @throws Failure LK-MAIL-006 where there is no inbox, LK-MAIL-001 where it is away */
  async list(to?: string): Promise<z.infer<typeof list>['mails']> {
    const query = to === undefined ? '' : `?to=${encodeURIComponent(to)}`;
    return list.parse(await (await this.#get(`inbox${query}`)).json()).mails;
  }

  /** One mail. @throws Failure LK-MAIL-006, LK-MAIL-001; LK-MAIL-007 where it isn't there */
  async mail(id: string): Promise<CaughtMail> {
    return caughtMail.parse(await (await this.#get(`inbox/${id}`)).json());
  }

  /** An attachment by its place, from 0. @throws as `mail` */
  async attachment(id: string, index: number): Promise<Attachment> {
    const answer = await this.#get(`inbox/${id}/attachments/${index}`);
    return {
      contentType: answer.headers.get('content-type') ?? 'application/octet-stream',
      bytes: new Uint8Array(await answer.arrayBuffer()),
    };
  }

  async #get(path: string): Promise<Response> {
    if (this.#url === undefined) throw Failure.terminal('LK-MAIL-006');
    let answer: Response;
    try {
      const signal = AbortSignal.timeout(WAIT_MS);
      answer = await fetch(new URL(path, `${this.#url}/`), { signal });
    } catch (cause) {
      throw Failure.retryable('LK-MAIL-001', 'The mail catcher does not answer.', { cause });
    }
    if (answer.status === 404) throw Failure.terminal('LK-MAIL-007');
    if (!answer.ok) {
      throw Failure.retryable('LK-MAIL-001', `The mail catcher answered ${answer.status}.`);
    }
    return answer;
  }
}

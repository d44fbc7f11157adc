import { Controller, Header, Inject, StreamableFile } from '@nestjs/common';
import { Handles, Input } from '../http/handles.js';
import type { AnswerOf, InputOf } from '../http/route.js';
import { type CaughtMail, InboxClient } from './inbox.client.js';
import { getInboxAttachment, getInboxMail, getInboxPage, listInbox } from './inbox.routes.js';
import type { MailAnswer } from './inbox.schemas.js';

/** Styles of its own and pictures that are in it, and nothing else; only our own pages may show it. */
const PAGE_POLICY =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'";

/** The mails that the built-in catcher caught. */
@Controller()
export class InboxController {
  readonly #inbox: InboxClient;

  constructor(@Inject(InboxClient) inbox: InboxClient) {
    this.#inbox = inbox;
  }

  @Handles(listInbox)
  async list(
    @Input(listInbox) { query }: InputOf<typeof listInbox>,
  ): Promise<AnswerOf<typeof listInbox>> {
    return { mails: await this.#inbox.list(query.to) };
  }

  @Handles(getInboxMail)
  async mail(@Input(getInboxMail) { params }: InputOf<typeof getInboxMail>): Promise<MailAnswer> {
    const { attachments, html, ...mail } = await this.#inbox.mail(params.id);
    return {
      ...mail,
      html: await this.#withOwnPictures({ ...mail, html, attachments }),
      attachments: attachments.map(({ cid, ...facts }) => ({
        ...facts,
        inline: cid !== undefined && html.includes(`cid:${cid}`),
      })),
    };
  }

  /** A mail's HTML comes from whoever wrote it. */
  @Handles(getInboxPage)
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', PAGE_POLICY)
  async page(@Input(getInboxPage) { params }: InputOf<typeof getInboxPage>): Promise<string> {
    return this.#withOwnPictures(await this.#inbox.mail(params.id));
  }

  @Handles(getInboxAttachment)
  async attachment(
    @Input(getInboxAttachment) { params }: InputOf<typeof getInboxAttachment>,
  ): Promise<StreamableFile> {
    const { contentType, bytes } = await this.#inbox.attachment(params.id, params.index);
    return new StreamableFile(bytes, { type: contentType, length: bytes.length });
  }

  /** A mail shows its pictures by names that only a mail program knows; a page in a sandbox may fetch nothing. */
  async #withOwnPictures({ id, html, attachments }: CaughtMail): Promise<string> {
    let shown = html;
    for (const [index, { cid }] of attachments.entries()) {
      if (cid === undefined || !html.includes(`cid:${cid}`)) continue;
      const { contentType, bytes } = await this.#inbox.attachment(id, index);
      if (!contentType.startsWith('image/')) continue;
      const address = `data:${contentType};base64,${Buffer.from(bytes).toString('base64')}`;
      shown = shown.replaceAll(`cid:${cid}`, address);
    }
    return shown;
  }
}

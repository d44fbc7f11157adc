import type { CaughtMail } from './caught-mail.js';

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.4rem .8rem .4rem 0;border-bottom:1px solid #ddd}
td{overflow-wrap:anywhere}td:first-child{white-space:nowrap}a{color:#0b57d0}time,.quiet{color:#555}
pre{white-space:pre-wrap;overflow-wrap:anywhere}
@media(max-width:40rem){body{margin:1rem auto}tr:first-child{display:none}tr{display:block;padding:.6rem 0;border-bottom:1px solid #ddd}td{display:block;padding:0;border:0}}`;

function escaped(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escaped(title)}</title><style>${style}</style><body>${body}</body></html>`;
}

function row({ id, receivedAt, to, subject }: CaughtMail): string {
  const time = `<time>${receivedAt.slice(0, 19).replace('T', ' ')} UTC</time>`;
  const link = `<a href="/inbox/${id}/html">${escaped(subject || '(no subject)')}</a>`;
  return `<tr><td>${time}</td><td>${escaped(to.join(', '))}</td><td>${link}</td></tr>`;
}

/** The list of mails, as a page for people. */
export function listPage(newestFirst: readonly CaughtMail[]): string {
  const head = '<tr><th>Received</th><th>To</th><th>Subject</th></tr>';
  const body =
    newestFirst.length === 0
      ? '<p class="quiet">No mail yet. Reload to look again.</p>'
      : `<table>${head}${newestFirst.map(row).join('')}</table>`;
  return page('Caught mail', `<h1>Caught mail</h1>${body}`);
}

/** Inline images point at the inbox's own copy of them. */
function withOwnImages(mail: CaughtMail): string {
  return mail.attachments.reduce(
    (html, { cid }, index) =>
      cid ? html.replaceAll(`cid:${cid}`, `/inbox/${mail.id}/attachments/${index}`) : html,
    mail.html,
  );
}

/** A mail's own HTML, or its text as a page where it has none; its images made to show. */
export function mailPage(mail: CaughtMail): string {
  if (mail.html === '') return page(mail.subject, `<pre>${escaped(mail.text)}</pre>`);
  return withOwnImages(mail);
}

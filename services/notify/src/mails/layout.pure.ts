/** The picture of a code, inline: how the layout and the sender name it. */
export const CODE_CID = 'code@latchkey';

/** One part of a mail's body. Texts are plain: the layout alone makes HTML of them. */
export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [label: string, value: string])[] }
  | { readonly kind: 'code'; readonly caption: string };

/** What a mail says, before it is laid out. */
export interface MailWords {
  readonly subject: string;
  readonly heading: string;
  readonly blocks: readonly Block[];
  /** Why the recipient gets this mail, in a sentence. */
  readonly because: string;
}

/** A mail's subject and its two bodies. */
export interface LaidOutMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const MAX_SUBJECT_CHARACTERS = 200;
/** Controls, line and paragraph separators, and what turns the direction of text around (Unicode, Bidi_Control). */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu;
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const DO_NOT_REPLY = 'Sent by Latchkey. Nobody reads answers to this address.';

/** A text on one line, without characters that are unseen or change how the rest is read. */
export function oneLine(text: string): string {
  return text.replaceAll(UNSEEN, ' ').replaceAll(/ {2,}/g, ' ').trim();
}

/** Lays a mail out as plain text and as HTML that loads nothing from anywhere. */
export function layOut(words: MailWords): LaidOutMail {
  return {
    subject: oneLine(words.subject).slice(0, MAX_SUBJECT_CHARACTERS),
    text: asText(words),
    html: asHtml(words),
  };
}

function asText(words: MailWords): string {
  const blocks = words.blocks.map((block) => {
    if (block.kind === 'paragraph') return oneLine(block.text);
    if (block.kind === 'code') return oneLine(`${block.caption} (attached: code.png)`);
    return block.rows.map(([label, value]) => oneLine(`${label}: ${value}`)).join('\n');
  });
  return [
    oneLine(words.heading),
    ...blocks,
    `-- \n${oneLine(words.because)}\n${DO_NOT_REPLY}\n`,
  ].join('\n\n');
}

function asHtml(words: MailWords): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(words.subject)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(words.heading)}</h1>
${words.blocks.map(blockAsHtml).join('\n')}
<footer><p>${escapeHtml(words.because)}</p><p>${DO_NOT_REPLY}</p></footer>
</main>
</body>
</html>
`;
}

function blockAsHtml(block: Block): string {
  if (block.kind === 'paragraph') return `<p>${escapeHtml(block.text)}</p>`;
  if (block.kind === 'facts') {
    const rows = block.rows.map(
      ([label, value]) =>
        `<tr><th scope="row">${escapeHtml(label)}</th><td>${escapeHtml(value)}</td></tr>`,
    );
    return `<table>${rows.join('')}</table>`;
  }
  const caption = escapeHtml(block.caption);
  return `<p class="code"><img src="cid:${CODE_CID}" alt="${caption}" width="320" height="320"><br>${caption}</p>`;
}

function escapeHtml(text: string): string {
  return oneLine(text).replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

// The code keeps its white ground in the dark: a reader needs the quiet zone (ISO/IEC 18004, 4 modules).
const STYLE = `
body{margin:0;background:#f4f5f7;color:#1b1f24;font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:560px;margin:0 auto;padding:24px;background:#fff}
h1{font-size:22px;line-height:1.3;margin:0 0 16px}
p{margin:0 0 16px}
table{border-collapse:collapse;margin:0 0 16px}
th{text-align:left;font-weight:600;padding:4px 16px 4px 0;vertical-align:top}
td{padding:4px 0}
.code{text-align:center}
.code img{background:#fff;max-width:100%;height:auto;border-radius:8px}
footer{border-top:1px solid #d5d9df;margin-top:24px;padding-top:16px;font-size:14px;color:#57606a}
footer p{margin:0 0 4px}
@media (prefers-color-scheme:dark){
body{background:#0e1116;color:#e6e9ed}
main{background:#171b21}
footer{border-color:#343b45;color:#9aa4b0}
}`;

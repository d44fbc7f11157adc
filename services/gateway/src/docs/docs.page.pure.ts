import { createHash } from 'node:crypto';
import { errorCodes } from '@latchkey/contracts';
import type { OpenApiDocument } from './openapi.document.js';
import { type Field, fieldsOf, kindOf, type Named } from './schema-fields.pure.js';

type Paths = NonNullable<OpenApiDocument['paths']>;
type Operation = NonNullable<Paths[string]['get']>;

const methods = ['get', 'post', 'put', 'delete'] as const;

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem; }
h2 { border-bottom: 1px solid #8886; margin-top: 2.5rem; }
article { margin: 1.5rem 0; }
h3 { font-size: 1rem; margin: 0; } h3 code { font-size: 1rem; }
p, h3, td:last-child { overflow-wrap: anywhere; }
.method { display: inline-block; font-weight: 700; min-width: 4.5rem; text-transform: uppercase; }
code, pre { font: .875rem/1.45 ui-monospace, monospace; }
pre { background: #8881; border-radius: .5rem; overflow-x: auto; padding: .75rem; }
.wide { overflow-x: auto; } .wide td:last-child { min-width: 9rem; } .wide td:first-child { white-space: nowrap; }
details { margin: .5rem 0; } summary { cursor: pointer; } small { opacity: .75; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #8884; padding: .35rem .5rem; text-align: start; vertical-align: top; }
td p { margin: 0; }
`;

/** The digest by which a content security policy lets the page's one style sheet pass. */
export const DOCS_STYLE_SHA256 = createHash('sha256').update(style).digest('base64');

/** The API's reference for people, as one static page without scripts, from the OpenAPI document itself. */
export function docsPage(document: OpenApiDocument): string {
  const { title, description = '' } = document.info;
  const tags = document.tags ?? [];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} API</title>
<style>${style}</style>
</head>
<body>
<h1>${escape(title)} API</h1>
<p>${inline(description)} Send <code>Authorization: Bearer &lt;operator token&gt;</code> with each request.
For machines: <a href="openapi.json">openapi.json</a> (OpenAPI ${escape(document.openapi)}).</p>
<nav>${tags.map(({ name }) => `<a href="#${anchor(name)}">${escape(name)}</a>`).join(' · ')} · <a href="#errors">Errors</a></nav>
${tags.map((tag) => section(document, tag.name, tag.description ?? '')).join('\n')}
${errorSection()}
</body>
</html>
`;
}

function section(document: OpenApiDocument, tag: string, description: string): string {
  const named = document.components?.schemas ?? {};
  const articles = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation?.tags?.includes(tag) ? [article(path, method, operation, named)] : [];
    }),
  );
  return `<section id="${anchor(tag)}"><h2>${escape(tag)}</h2><p>${inline(description)}</p>${articles.join('')}</section>`;
}

function article(path: string, method: string, operation: Operation, named: Named): string {
  const id = operation.operationId ?? '';
  return `<article id="${id}">
<h3><span class="method">${method}</span> <code>${escape(`/api/v1${path}`)}</code></h3>
<p>${inline(operation.summary ?? '')} ${inline(operation.description ?? '')}</p>
${parametersTable(operation, named)}${requestBody(operation, named)}${answerBody(operation, named)}
${answersTable(operation)}
</article>`;
}

function parametersTable({ parameters = [] }: Operation, named: Named): string {
  const rows = parameters.flatMap((parameter) => {
    if (!('name' in parameter)) return [];
    const { name, in: where, required, description = '', schema } = parameter;
    const need = required === true ? ', required' : '';
    return [[code(name), `${where}${need}`, cellOf(description, kindOf(schema, named))]];
  });
  return table(['Parameter', 'In', 'What it is'], rows);
}

function requestBody({ requestBody: body }: Operation, named: Named): string {
  if (!body || !('content' in body)) return '';
  return Object.entries(body.content)
    .map(([type, media]) => bodyBlock(`Body, ${type}`, schemaOf(media), named, true))
    .join('');
}

/** The shape of what comes back where all goes well. */
function answerBody({ responses = {} }: Operation, named: Named): string {
  return Object.entries(responses)
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([status, response]) =>
      response && 'content' in response
        ? Object.entries(response.content ?? {}).map(([type, media]) =>
            bodyBlock(`Answer ${status}, ${type}`, schemaOf(media), named, false),
          )
        : [],
    )
    .join('');
}

function bodyBlock(title: string, schema: unknown, named: Named, isOpen: boolean): string {
  const fields = fieldsOf(schema, named);
  // A picture, or a stream of text, has no fields.
  if (fields.length === 0) return `<p>${escape(title)}</p>`;
  const rows = fields.map((field) => [
    code(field.name),
    needOf(field),
    cellOf(field.description, field.kind),
  ]);
  const open = isOpen ? ' open' : '';
  return `<details${open}><summary>${escape(title)}</summary>${table(['Field', 'Need', 'What it is'], rows)}</details>`;
}

function needOf({ isRequired }: Field): string {
  return isRequired ? 'always' : 'optional';
}

function cellOf(description: string, kind: string): string {
  return `${inline(description)} <small>${escape(kind)}</small>`;
}

function schemaOf(media: unknown): unknown {
  return media !== null && typeof media === 'object' && 'schema' in media ? media.schema : media;
}

function answersTable({ responses = {} }: Operation): string {
  const rows = Object.entries(responses).map(([status, response]) => {
    const description = 'description' in response ? String(response.description) : '';
    return [status, description.split('\n\n').map(inline).join('<br>')];
  });
  return table(['Status', 'What it means'], rows);
}

function errorSection(): string {
  const rows = Object.entries(errorCodes).map(([name, { title, action, http }]) => [
    `<span id="${name}">${code(name)}</span>`,
    String(http),
    inline(title),
    inline(action),
  ]);
  return `<section id="errors"><h2>Errors</h2>${table(['Code', 'Status', 'What happened', 'What to do'], rows)}</section>`;
}

/** A table of cells that are HTML already; wider than the screen it scrolls by itself, and the page does not. */
function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const head = heads.map((one) => `<th>${one}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`);
  return `<div class="wide" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

function code(text: string): string {
  return `<code>${escape(text)}</code>`;
}

/** Text with \`code\` in backticks as such, and an error's code as a link to its row. */
function inline(text: string): string {
  return escape(text)
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>')
    .replaceAll(/<code>(LK-[A-Z]+-\d{3})<\/code>/g, '<a href="#$1"><code>$1</code></a>');
}

function anchor(name: string): string {
  return name.toLowerCase();
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

import { createHash } from 'node:crypto';
import { errorCodes } from '@latchkey/contracts';
import type { OpenApiDocument } from './openapi.document.js';

type Paths = NonNullable<OpenApiDocument['paths']>;
type Operation = NonNullable<Paths[string]['get']>;

const methods = ['get', 'post', 'put', 'delete'] as const;

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem; }
h2 { border-bottom: 1px solid #8886; margin-top: 2.5rem; }
article { margin: 1.5rem 0; }
h3 { font-size: 1rem; margin: 0; } h3 code { font-size: 1rem; }
.method { display: inline-block; font-weight: 700; min-width: 4.5rem; text-transform: uppercase; }
code, pre { font: .875rem/1.45 ui-monospace, monospace; }
pre { background: #8881; border-radius: .5rem; overflow-x: auto; padding: .75rem; }
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
<p>${escape(description)} Send <code>Authorization: Bearer &lt;operator token&gt;</code> with each request.
For machines: <a href="openapi.json">openapi.json</a> (OpenAPI ${escape(document.openapi)}).</p>
<nav>${tags.map(({ name }) => `<a href="#${anchor(name)}">${escape(name)}</a>`).join(' · ')} · <a href="#errors">Errors</a></nav>
${tags.map((tag) => section(document, tag.name, tag.description ?? '')).join('\n')}
${errorSection()}
</body>
</html>
`;
}

function section(document: OpenApiDocument, tag: string, description: string): string {
  const articles = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation?.tags?.includes(tag) ? [article(path, method, operation)] : [];
    }),
  );
  return `<section id="${anchor(tag)}"><h2>${escape(tag)}</h2><p>${escape(description)}</p>${articles.join('')}</section>`;
}

function article(path: string, method: string, operation: Operation): string {
  const id = operation.operationId ?? '';
  return `<article id="${id}">
<h3><span class="method">${method}</span> <code>${escape(`/api/v1${path}`)}</code></h3>
<p>${escape(operation.summary ?? '')} ${escape(operation.description ?? '')}</p>
${parametersTable(operation)}${requestBody(operation)}
${answersTable(operation)}
</article>`;
}

function parametersTable({ parameters = [] }: Operation): string {
  const rows = parameters.flatMap((parameter) => {
    if (!('name' in parameter)) return [];
    const { name, in: where, required, description = '' } = parameter;
    const need = required === true ? ', required' : '';
    return [
      `<tr><td><code>${escape(name)}</code></td><td>${where}${need}</td><td>${escape(description)}</td></tr>`,
    ];
  });
  if (rows.length === 0) return '';
  return `<table><thead><tr><th>Parameter</th><th>In</th><th></th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function requestBody({ requestBody: body }: Operation): string {
  if (!body || !('content' in body)) return '';
  return Object.entries(body.content)
    .map(([type, media]) => schemaBlock(`Body, ${type}`, 'schema' in media ? media.schema : media))
    .join('');
}

function answersTable({ responses = {} }: Operation): string {
  const rows = Object.entries(responses).map(([status, response]) => {
    const description = 'description' in response ? String(response.description) : '';
    return `<tr><td>${status}</td><td>${description.split('\n\n').map(codeLine).join('<br>')}</td></tr>`;
  });
  return `<table><thead><tr><th>Answer</th><th></th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

/** \`LK-…\` in backticks becomes a link to the code's own row. */
function codeLine(line: string): string {
  return escape(line).replace(/`(LK-[A-Z]+-\d{3})`/, '<a href="#$1"><code>$1</code></a>');
}

function schemaBlock(title: string, schema: unknown): string {
  return `<details><summary>${escape(title)}</summary><pre>${escape(JSON.stringify(schema ?? {}, null, 2))}</pre></details>`;
}

function errorSection(): string {
  const rows = Object.entries(errorCodes).map(
    ([code, { title, action, http }]) =>
      `<tr id="${code}"><td><code>${code}</code></td><td>${http}</td><td>${escape(title)}</td><td>${escape(action)}</td></tr>`,
  );
  return `<section id="errors"><h2>Errors</h2><table><thead><tr><th>Code</th><th>Status</th><th>What happened</th><th>What to do</th></tr></thead><tbody>${rows.join('')}</tbody></table></section>`;
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

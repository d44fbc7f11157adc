import { Controller, Get, Header, Inject } from '@nestjs/common';
import { OPENAPI } from '../tokens.js';
import { docsPage } from './docs.page.pure.js';
import type { OpenApiDocument } from './openapi.document.js';
import { DOCS_PATH, OPENAPI_PATH } from './docs.paths.js';

/** The API's own description, open to anyone: for machines and for people. */
@Controller()
export class DocsController {
  readonly #document: OpenApiDocument;

  constructor(@Inject(OPENAPI) document: OpenApiDocument) {
    this.#document = document;
  }

  @Get(OPENAPI_PATH)
  openApi(): OpenApiDocument {
    return this.#document;
  }

  @Get(DOCS_PATH)
  @Header('Content-Type', 'text/html; charset=utf-8')
  page(): string {
    return docsPage(this.#document);
  }
}

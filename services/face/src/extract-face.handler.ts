import { faceExtract } from '@latchkey/contracts';
import { type MessageContext, OnRequest, type Question, seal, type Held } from '@latchkey/runtime';
import { type FaceAnalyser, VisionError } from '@latchkey/vision';
import { Controller, Inject } from '@nestjs/common';
import type { z } from 'zod';
import { extractSample } from './extract-sample.js';
import type { Gallery } from './gallery.js';
import { ANALYSER, GALLERY, REGISTRY_KEY } from './tokens.js';

/** A picture → its verdict as an enrolment sample, and its template, which only the registry can read. */
@Controller()
export class ExtractFaceHandler {
  readonly #analyser: FaceAnalyser;
  readonly #gallery: Gallery;
  readonly #registryKey: Held<string>;

  constructor(
    @Inject(ANALYSER) analyser: FaceAnalyser,
    @Inject(GALLERY) gallery: Gallery,
    @Inject(REGISTRY_KEY) registryKey: Held<string>,
  ) {
    this.#analyser = analyser;
    this.#gallery = gallery;
    this.#registryKey = registryKey;
  }

  @OnRequest(faceExtract)
  async extract(
    { payload }: Question,
    _context: MessageContext,
  ): Promise<z.infer<typeof faceExtract.reply>> {
    try {
      const { template, ...judged } = await extractSample(payload, this.#gallery, this.#analyser);
      const sealed = template && seal(this.#registryKey, JSON.stringify(template));
      return { ok: true, ...judged, template: sealed };
    } catch (error) {
      if (!(error instanceof VisionError)) throw error;
      const code = error.code === 'LK-VISION-002' ? 'LK-IMG-002' : 'LK-IMG-001';
      return { ok: false, code, message: error.message };
    }
  }
}

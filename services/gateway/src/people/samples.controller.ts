import { faceExtract } from '@latchkey/contracts';
import { type AddSampleReply, RegistryServiceService as Registry } from '@latchkey/contracts/grpc';
import { BUS, type Bus, Failure, isErrorCode, request } from '@latchkey/runtime';
import { Controller, Inject, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { z } from 'zod';
import { By } from '../access/caller.js';
import { CorrelationId } from '../http/correlation.js';
import { Handles, Input } from '../http/handles.js';
import { Problem } from '../http/problem.js';
import type { InputOf } from '../http/route.js';
import { RegistryClient } from '../registry.client.js';
import type { SampleAnswer } from './people.schemas.js';
import { addSample } from './people.routes.js';
import { nextStep, SAMPLES_NEEDED, verdictCodes } from './sample-advice.pure.js';
import { normaliseSample } from './sample-picture.js';

type Judged = Extract<z.infer<typeof faceExtract.reply>, { ok: true }>;

/** Face samples: face judges each at once, and the registry keeps the template of a good one. No picture is kept. */
@Controller()
export class SamplesController {
  readonly #registry: RegistryClient;
  readonly #bus: Bus;

  constructor(@Inject(RegistryClient) registry: RegistryClient, @Inject(BUS) bus: Bus) {
    this.#registry = registry;
    this.#bus = bus;
  }

  @Handles(addSample)
  async add(
    @Input(addSample) { params }: InputOf<typeof addSample>,
    @Req() incoming: Request,
    @By() by: string,
    @CorrelationId() correlationId: string,
  ): Promise<SampleAnswer> {
    const person = params.id;
    const jpeg = await normaliseSample(pictureOf(incoming));
    // Asked before the costly look at the picture; the registry decides again when the sample is added.
    const asked = { person, by };
    const { state, consent } = await this.#registry.call(Registry.getPerson, asked, {
      correlationId,
    });
    if (state === 'draft' && !consent) throw new Problem('LK-PER-014');
    const judged = await this.#judge(jpeg, correlationId);
    const added = await this.#registry.call(
      Registry.addSample,
      {
        person,
        sealedTemplate: judged.template,
        by,
        resembles: judged.resembles,
      },
      { correlationId },
    );
    return answerOf(judged, added);
  }

  /** @throws Problem with the verdict's code where the sample is not good. */
  async #judge(jpeg: Uint8Array, correlationId: string): Promise<Judged & { template: string }> {
    const answer = await request(this.#bus, faceExtract, jpeg, { correlationId });
    if (!answer.ok) {
      throw Failure.terminal(isErrorCode(answer.code) ? answer.code : 'LK-INT-001', answer.message);
    }
    const code = verdictCodes[answer.verdict];
    if (code !== null) throw new Problem(code);
    if (answer.template === null) {
      throw Failure.terminal('LK-BUS-004', 'A good sample came back without its template.');
    }
    return { ...answer, template: answer.template };
  }
}

function answerOf(judged: Judged, { samples, agreement }: AddSampleReply): SampleAnswer {
  return {
    verdict: judged.verdict,
    quality: judged.quality,
    liveness: judged.liveness,
    samples,
    remaining: SAMPLES_NEEDED - samples,
    agreement,
    next: nextStep(samples),
  };
}

/** The picture, from the multipart file `sample` or the bare body. @throws Failure LK-IMG-001 where there is none. */
function pictureOf({ file, body }: Request): Uint8Array {
  if (file) return file.buffer;
  if (body instanceof Uint8Array && body.length > 0) return body;
  throw Failure.terminal(
    'LK-IMG-001',
    'Expected a picture as the body or as the multipart file sample; nothing came.',
  );
}

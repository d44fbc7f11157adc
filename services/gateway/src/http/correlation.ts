import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Response } from 'express';
import { correlationOf } from './correlation.middleware.js';

/** The correlation id of the request, for a controller's method. */
export const CorrelationId = createParamDecorator((_: unknown, context: ExecutionContext) =>
  correlationOf(context.switchToHttp().getResponse<Response>()),
);

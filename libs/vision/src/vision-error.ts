/** What can go wrong in this library, each with a stable code that can be searched for. */
export const VISION_ERRORS = {
  'LK-VISION-001': 'these bytes are no picture that can be decoded',
  'LK-VISION-002': 'the picture is larger than is allowed',
  'LK-VISION-003': 'the model pack cannot be read',
  'LK-VISION-004': 'a model file is not the one that the manifest names',
  'LK-VISION-005': 'a model cannot be loaded or run as the pipeline needs it',
  'LK-VISION-006': 'a request that cannot be answered',
  'LK-VISION-007': 'the code reader cannot be loaded',
} as const;

export type VisionErrorCode = keyof typeof VISION_ERRORS;

/**
 * A failure of this library. Never retryable: the same bytes will fail again.
 * Has the shape of the services' own failures (`code`, `retryable`), so that they can pass it on as it is.
 */
export class VisionError extends Error {
  override readonly name = 'VisionError';
  readonly retryable = false;

  constructor(
    readonly code: VisionErrorCode,
    detail: string,
    options?: ErrorOptions,
  ) {
    super(`${code}: ${VISION_ERRORS[code]}: ${detail}`, options);
  }
}

import { Failure } from '@latchkey/runtime';
import { VisionError } from '@latchkey/vision';

/** What a picture that cannot be decoded is to the bus: nothing to try again. Rethrows whatever else went wrong. */
export function pictureFailure(error: unknown): never {
  if (error instanceof VisionError && error.code === 'LK-VISION-001') {
    throw Failure.benign('LK-IMG-001', undefined, { cause: error });
  }
  if (error instanceof VisionError && error.code === 'LK-VISION-002') {
    throw Failure.benign('LK-IMG-002', undefined, { cause: error });
  }
  throw error;
}

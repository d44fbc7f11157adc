import { parts } from '@latchkey/contracts';
import { defineService } from '@latchkey/runtime';
import { Capture } from './capture.js';
import { captureConfig } from './capture.config.js';

export { Capture } from './capture.js';
export type { CameraSettings, CaptureConfig } from './capture.config.js';

/** Cameras and kiosks → frames; the door's display → the person standing there. */
export const capture = defineService({
  ...parts.capture,
  config: captureConfig,
  providers: [Capture],
});

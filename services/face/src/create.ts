import { parts } from '@latchkey/contracts';
import { defineService } from '@latchkey/runtime';
import { ExtractFaceHandler } from './extract-face.handler.js';
import { faceConfig } from './face.config.js';
import { faceProviders } from './face.providers.js';
import { NoteSnapshotHandler } from './note-snapshot.handler.js';
import { ObserveFacesHandler } from './observe-faces.handler.js';
import { ShowPictureHandler } from './show-picture.handler.js';
import { TellModelsHandler } from './tell-models.handler.js';

export { analyseFrame, type FrameAnalysis } from './analyse-frame.js';
export type { FaceConfig } from './face.config.js';
export type { Gallery } from './gallery.js';
export { GalleryMatrix } from './gallery-matrix.js';

/** Frames → faces and whom they resemble; pictures → enrolment samples. */
export const face = defineService({
  ...parts.face,
  config: faceConfig,
  providers: faceProviders,
  handlers: [
    ObserveFacesHandler,
    NoteSnapshotHandler,
    ExtractFaceHandler,
    ShowPictureHandler,
    TellModelsHandler,
  ],
});

/** What face's own providers are injected by. */
export const MODEL_PACK = Symbol('face.model-pack');
export const ANALYSER = Symbol('face.analyser');
export const CODE_READER = Symbol('face.code-reader');
export const GALLERY = Symbol('face.gallery');
export const SNAPSHOTS = Symbol('face.snapshots');
export const EVIDENCE_KEY = Symbol('face.evidence-key');
export const REGISTRY_KEY = Symbol('face.registry-key');

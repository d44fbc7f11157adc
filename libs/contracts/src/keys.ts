/** The key files, by name; who holds which is in docs/ARCHITECTURE.md. */
export interface KeyNames {
  /** Curve key pairs: `<name>.seed` (private) and `<name>.pub`. */
  readonly curves: readonly string[];
  /** 32 random bytes each: `<name>.key`. */
  readonly secrets: readonly string[];
}

/** Every key of the campus. */
export const keyNames: KeyNames = {
  curves: ['registry', 'face', 'notify', 'evidence'],
  secrets: ['master', 'pepper', 'tag'],
};

/** npm fft.js 4.0.4 brings no types; what is used of it. Complex numbers lie as re, im, re, im, … */
declare module 'fft.js' {
  export default class FFT {
    /** @param size a power of two, of at least 2 */
    constructor(size: number);
    createComplexArray(): number[];
    /** Fills the first `size / 2 + 1` numbers of the spectrum of real values. */
    realTransform(out: number[], data: ArrayLike<number>): void;
    transform(out: number[], data: ArrayLike<number>): void;
  }
}

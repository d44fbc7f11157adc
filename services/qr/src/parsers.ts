/** For tests: what becomes of the text that a code holds. */
export { describeCodes } from './describe-codes.js';

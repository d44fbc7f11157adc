/** As whom the audit knows the holder of the operator's token. */
export const OPERATOR = 'operator';

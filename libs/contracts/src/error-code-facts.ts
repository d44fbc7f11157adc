/** What an error code means: `title` what happened, `action` what to do; `http` and `grpc` how it is answered. */
export interface ErrorCodeFacts {
  readonly title: string;
  readonly action: string;
  readonly http: number;
  readonly grpc:
    | 'INVALID_ARGUMENT'
    | 'NOT_FOUND'
    | 'ALREADY_EXISTS'
    | 'FAILED_PRECONDITION'
    | 'ABORTED'
    | 'RESOURCE_EXHAUSTED'
    | 'UNAUTHENTICATED'
    | 'PERMISSION_DENIED'
    | 'UNAVAILABLE'
    | 'DEADLINE_EXCEEDED'
    | 'INTERNAL';
}

export const refused = (title: string, action: string): ErrorCodeFacts => ({
  title,
  action,
  http: 422,
  grpc: 'INVALID_ARGUMENT',
});
export const state = (title: string, action: string): ErrorCodeFacts => ({
  title,
  action,
  http: 409,
  grpc: 'FAILED_PRECONDITION',
});
export const taken = (title: string, action: string): ErrorCodeFacts => ({
  title,
  action,
  http: 409,
  grpc: 'ALREADY_EXISTS',
});
export const missing = (title: string, action: string): ErrorCodeFacts => ({
  title,
  action,
  http: 404,
  grpc: 'NOT_FOUND',
});
export const away = (title: string, action: string): ErrorCodeFacts => ({
  title,
  action,
  http: 503,
  grpc: 'UNAVAILABLE',
});
export const broken = (title: string, action: string): ErrorCodeFacts => ({
  title,
  action,
  http: 500,
  grpc: 'INTERNAL',
});

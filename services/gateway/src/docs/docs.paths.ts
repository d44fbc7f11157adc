import { API_PREFIX } from '../http/route.js';

/** Pages that need no operator token. */
export const OPENAPI_PATH = `${API_PREFIX}/openapi.json`;
export const DOCS_PATH = `${API_PREFIX}/docs`;
export const openPages: readonly string[] = [OPENAPI_PATH, DOCS_PATH];

export * from './gen/latchkey/registry/v1/registry.js';
export * from './registry-callers.js';

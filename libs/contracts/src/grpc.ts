export * from './gen/latchkey/registry/v1/registry.js';

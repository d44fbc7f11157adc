import { defineConfig } from 'vitest/config';

const conditions = ['source', 'module', 'node', 'development|production'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ['node'] } },
  test: {
    include: ['{libs,services,apps,tools}/*/src/**/*.test.ts', '{tests,bench}/src/**/*.test.ts'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    // Doors that are tried at the same time share two face workers.
    maxConcurrency: 3,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});

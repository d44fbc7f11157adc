import { defineConfig } from 'vitest/config';

const conditions = ['source', 'module', 'node', 'development|production'];

const shared = {
  extends: true,
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ['node'] } },
} as const;

export default defineConfig({
  test: {
    environment: 'node',
    pool: 'forks',
    // Doors that are tried at the same time share two face workers.
    maxConcurrency: 3,
    testTimeout: 120_000,
    hookTimeout: 180_000,
    projects: [
      {
        ...shared,
        test: {
          name: 'parts',
          include: [
            '{libs,services,apps,tools}/*/src/**/*.test.ts',
            'bench/src/**/*.test.ts',
            'tests/src/!(browser|chaos|entry)/**/*.test.ts',
          ],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        ...shared,
        // A whole campus is a dozen processes, and a browser beside it more: one at a time has the machine.
        test: {
          name: 'campus',
          include: ['tests/src/{browser,chaos,entry}/**/*.test.ts'],
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});

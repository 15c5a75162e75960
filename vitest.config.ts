import { defineConfig } from 'vitest/config';

const conditions = ['@headwater/source', 'node', 'import', 'default'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    projects: [
      { extends: true, test: { name: 'unit', include: ['packages/**/*.test.ts', 'extension-vscode/**/*.test.ts'], testTimeout: 60_000 } },
      // Real runs start Python processes: two at a time is what two cores carry.
      { extends: true, test: { name: 'flow', include: ['test/flow/**/*.test.ts', 'test/contract/**/*.test.ts', 'test/service/**/*.test.ts'], testTimeout: 120_000, maxWorkers: 2 } },
      // Browsers and editors that are not ours: a journey that fails may go once more, and the report says so.
      { extends: true, test: { name: 'jupyter', retry: 1, include: ['test/jupyter/**/*.test.ts'], testTimeout: 240_000, maxWorkers: 1 } },
      { extends: true, test: { name: 'vscode', retry: 1, include: ['test/vscode/**/*.test.ts'], testTimeout: 120_000, maxWorkers: 1 } },
      { extends: true, test: { name: 'conformance', include: ['test/conformance/**/*.test.ts'], testTimeout: 240_000, hookTimeout: 60_000, maxWorkers: 2 } },
      { extends: true, test: { name: 'kale', include: ['test/kale/**/*.test.ts'], testTimeout: 120_000 } },
      // Real servers, built once: see test/helpers/testbed.ts.
      { extends: true, test: { name: 'remote', include: ['test/remote/**/*.test.ts'], testTimeout: 180_000, hookTimeout: 900_000, maxWorkers: 1 } },
    ],
  },
});

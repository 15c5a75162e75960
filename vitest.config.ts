import { defineConfig } from 'vitest/config';

const conditions = ['@headwater/source', 'node', 'import', 'default'];

/** Journeys in a browser: see test/helpers/chromium.ts for their patience. Each file has its own server, and most of the time waits for it. */
const journeys = { testTimeout: 300_000, hookTimeout: 300_000, maxWorkers: 2, expect: { poll: { timeout: 90_000 } } };

/** What runs the command by the hundred runs it packed. */
const PACKED = ['test/helpers/packed.ts'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    projects: [
      { extends: true, test: { name: 'unit', include: ['packages/**/*.test.ts', 'extension-*/src/**/*.test.ts'], testTimeout: 60_000 } },
      // Real runs start Python processes: two at a time is what two cores carry.
      { extends: true, test: { name: 'flow', include: ['test/flow/**/*.test.ts', 'test/contract/**/*.test.ts', 'test/service/**/*.test.ts'], testTimeout: 120_000, maxWorkers: 2, globalSetup: PACKED } },
      { extends: true, test: { name: 'jupyter', include: ['test/jupyter/**/*.test.ts'], ...journeys } },
      { extends: true, test: { name: 'vscode', include: ['test/vscode/**/*.test.ts'], ...journeys } },
      { extends: true, test: { name: 'editors', include: ['test/editors/**/*.test.ts'], ...journeys } },
      { extends: true, test: { name: 'conformance', include: ['test/conformance/**/*.test.ts'], testTimeout: 240_000, hookTimeout: 60_000, maxWorkers: 2, globalSetup: PACKED } },
      { extends: true, test: { name: 'kale', include: ['test/kale/**/*.test.ts'], testTimeout: 120_000, globalSetup: PACKED } },
      // Real servers, built once: see test/helpers/testbed.ts.
      { extends: true, test: { name: 'remote', include: ['test/remote/**/*.test.ts'], testTimeout: 180_000, hookTimeout: 900_000, maxWorkers: 1, globalSetup: [...PACKED, 'test/helpers/shared-cluster.ts'] } },
    ],
  },
});

// Runs in a store on disk.

import { readdirSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describeStoredRuns } from '../helpers/stored-runs.ts';

describeStoredRuns('a store on disk', (project) => {
  const folder = project.path('store');
  return Promise.resolve({
    store: folder,
    env: {},
    keys: () => Promise.resolve(readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile()).map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name))).sort()),
    put: (key, text) => writeFile(path.join(folder, key), text),
    remove: (key) => rm(path.join(folder, key)),
    forget: () => undefined,
  });
});

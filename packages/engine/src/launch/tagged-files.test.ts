import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { analyseText } from '../notebook/testing/notebook.ts';
import { noteLargeFiles } from './tagged-files.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'headwater-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('a file of 10 GB that is to be kept is a warning with its cell; a small one is none', () => {
  for (const [name, size] of [['big.bin', 10e9], ['small.bin', 10e6]] as const) {
    writeFileSync(path.join(folder, name), '');
    truncateSync(path.join(folder, name), size);
  }
  const flow = analyseText('# %% tags=["step:a"]\nx = 1\n# %% tags=["step:b", "reads:*.bin"]\ny = x\n', 'nb.py');
  expect(noteLargeFiles({ flow, folder }).map(({ severity, cell, sentence, hint }) => [severity, cell, sentence, hint])).toEqual([[
    'warning', 1, 'Step `b` reads big.bin, 10.0 GB: it is hashed before every attempt, and a copy of it is kept in the store.',
    'Without the tag `reads:` the step reads it all the same, and it is not kept.',
  ]]);
});

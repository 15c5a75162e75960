import { expect, test } from 'vitest';
import { placeOf } from './place.ts';

test('a notebook is on the disk, or a sentence says why it is nowhere', () => {
  expect(placeOf({ scheme: 'file', fsPath: '/a/b.ipynb' })).toBe('/a/b.ipynb');
  expect(placeOf({ scheme: 'untitled', fsPath: 'Untitled-1.ipynb' })).toMatchObject({ code: 'never-saved', sentence: 'Save the notebook first: a run keeps its file name.' });
  expect(placeOf({ scheme: 'vscode-vfs', fsPath: '/x.ipynb' })).toMatchObject({ code: 'other-drive', sentence: "This notebook is on vscode-vfs, which Headwater cannot reach from the server's disk." });
});

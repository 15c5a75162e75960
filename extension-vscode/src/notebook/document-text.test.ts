import { expect, test } from 'vitest';
import { textOf } from './document-text.ts';

test('the text of the file, without outputs and counts', () => {
  const text = textOf({
    metadata: { metadata: { kernelspec: { name: 'python3' } }, nbformat: 4, nbformat_minor: 5, indentAmount: ' ' },
    getCells: () => [
      { kind: 2, metadata: { id: 'a', execution_count: 4, metadata: { tags: ['step:x'] } }, document: { getText: () => 'x = 1\r\ny = 2', languageId: 'python' } },
      { kind: 1, metadata: { id: 'b', attachments: { p: {} } }, document: { getText: () => '# T', languageId: 'markdown' } },
      { kind: 2, metadata: {}, document: { getText: () => 'r', languageId: 'raw' } },
    ],
  });
  expect(JSON.parse(text)).toEqual({
    cells: [
      { cell_type: 'code', id: 'a', metadata: { tags: ['step:x'] }, source: 'x = 1\ny = 2', outputs: [], execution_count: null },
      { cell_type: 'markdown', id: 'b', metadata: {}, source: '# T', attachments: { p: {} } },
      { cell_type: 'raw', metadata: {}, source: 'r' },
    ],
    metadata: { kernelspec: { name: 'python3' } }, nbformat: 4, nbformat_minor: 5,
  });
});

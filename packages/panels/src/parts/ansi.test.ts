import { expect, test } from 'vitest';
import { foldReturns, readAnsi } from './ansi.ts';

test('colours become classes, and everything else a terminal would do is left out', () => {
  expect(readAnsi('a\u001b[1;31mred\u001b[0m b\u001b]0;title\u0007c\u001b]8;;http://evil\u001b\\link\u001b[2Jd\u0008\u001b[96me')).toEqual([
    { text: 'a', className: '' }, { text: 'red', className: 'hw-bold hw-ansi-red' }, { text: ' b', className: '' }, { text: 'c', className: '' }, { text: 'link', className: '' },
    { text: 'd', className: '' }, { text: 'e', className: 'hw-ansi-cyan' },
  ]);
});

test('a progress bar is the line it became', () => {
  expect(foldReturns('10%\r50%\r100%\ndone\r\n')).toBe('100%\ndone\n');
});

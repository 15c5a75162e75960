import { expect, test } from 'vitest';
import { traceOf } from './fault-trace.ts';

test('names the kind, the functions and the files; quotes nothing and says no address', () => {
  const error = Object.assign(new TypeError('no `map` of "secret salary"\nanna@home wrote it'), {
    stack: 'TypeError: no `map` of "secret salary"\nanna@home wrote it\n    at stepsOf (http://host:8888/user/anna/lab/extensions/@headwater/jupyterlab/static/596.a1b2.js?v=a1b2:1:2345)\n    at https://cdn.example/x/main.js:7:1',
  });
  expect(traceOf(error, '\n    at Header (vscode-webview://0abc/dist/webview/main.js:12:9)\n    at div')).toBe([
    'A panel failed: TypeError', 'at stepsOf (596.a1b2.js?v=a1b2:1:2345)', 'at main.js:7:1', 'at Header (main.js:12:9)', 'at div',
  ].join('\n'));
});

test('of a browser that writes frames with `@`, and of what is no error', () => {
  const error = Object.assign(new RangeError('x'), { stack: 'draw@http://host/user/anna/596.js:1:20\n@http://host/user/anna/596.js:2:1\n' });
  expect(traceOf(error, '')).toBe('A panel failed: RangeError\ndraw@596.js:1:20\n@596.js:2:1');
  expect(traceOf('thrown text', '')).toBe('A panel failed: no error');
});

import { expect, test } from 'vitest';
import { installCell, kernelExpression, loadCell, otherName, readAnswer } from './kernel-request.ts';

test('values are JSON in a string, whatever they hold', () => {
  const expression = kernelExpression({ do: 'load', store: '/a"b\\', path: 'x/1/s/ä\u2028', as: 'x', overwrite: false });
  expect(expression).toBe('__import__("importlib").import_module("headwater.session.answer").answer(globals(), "{\\"do\\":\\"load\\",\\"store\\":\\"/a\\\\\\"b\\\\\\\\\\",\\"path\\":\\"x/1/s/\\u00e4\\u2028\\",\\"as\\":\\"x\\",\\"overwrite\\":false}")');
});

test('the cell by hand, and another name', () => {
  expect(loadCell('churn/41/fit/best', 'best', null)).toBe('import headwater\nbest = headwater.load("churn/41/fit/best")');
  expect(otherName('churn/41/fit/best', 'best')).toBe('best_41');
});

test('what is installed is a name and a version, whoever wrote them', () => {
  expect(installCell('scikit-learn==1.7.2')).toBe('%pip install "scikit-learn==1.7.2"');
  for (const hostile of ['x==1"; rm -rf ~', 'x==1\nimport os', 'x=={os.system("true")}', 'x==$HOME', '--index-url==1', 'x @ file:///tmp', 'x']) expect(installCell(hostile)).toBeNull();
});

test('a kernel without the package is told from one that fails', () => {
  expect(readAnswer({ status: 'error', ename: 'ModuleNotFoundError', evalue: "No module named 'headwater'" })).toBe('no-package');
  expect(readAnswer({ status: 'error', ename: 'ModuleNotFoundError', evalue: "No module named 'lightgbm'" })).toMatchObject({ status: 'failed' });
  expect(readAnswer({ status: 'ok', data: { 'text/plain': '1' } })).toBeNull();
});

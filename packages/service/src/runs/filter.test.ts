import type { RunRow } from '@headwater/protocol';
import { expect, test } from 'vitest';
import { parseFilter } from './filter.ts';

const NOW = new Date(2026, 10, 25, 12).getTime();
const row = (number: number, more: Partial<RunRow>): RunRow => ({
  run: `churn/${number}`, flow: 'churn', number, notebook: 'churn.ipynb', status: 'done', started: NOW - 3_600_000, ended: NOW, by: 'eva', parameters: {}, tags: [],
  resumes: null, count: { done: 1, failed: 0, total: 1 }, failed: null, inside: null, ...more,
});
const RUNS = [
  { row: row(1, { status: 'failed', started: NOW - 90_000_000, failed: { task: 'fit', type: 'ValueError', message: 'Singular matrix', tasks: 1, of: 1 } }), steps: ['load', 'fit'] },
  { row: row(2, { parameters: { alpha: '0.1', name: "'north'" }, tags: ['best'] }), steps: ['load', 'fit'] },
  { row: row(3, { parameters: { alpha: '0.5' } }), steps: ['load'] },
];
const found = (text: string) => RUNS.filter(parseFilter(text, NOW).matches).map(({ row: { number } }) => number);

test('every kind of word narrows the list, and words stand together', () => {
  const texts = ['', 'failed', 'today', 'tag:best', 'step:fit', 'alpha>0.2', 'alpha<=0.5', 'alpha=0.1', 'name=north', 'singular', 'churn/3', 'run:2', 'by:eva step:load alpha!=0.1'];
  expect(Object.fromEntries(texts.map((text) => [text, found(text)]))).toEqual({
    '': [1, 2, 3], failed: [1], today: [2, 3], 'tag:best': [2], 'step:fit': [1, 2], 'alpha>0.2': [3], 'alpha<=0.5': [2, 3], 'alpha=0.1': [2], 'name=north': [2], singular: [1],
    'churn/3': [3], 'run:2': [2], 'by:eva step:load alpha!=0.1': [3],
  });
});

test('a word that means nothing is named and does not hide anything', () => {
  expect(parseFilter('colour:red', NOW).complaint).toBe('`colour:red` is not known: there are tag:, step:, by: and run:.');
  expect(parseFilter('tag:', NOW).complaint).toBe('`tag:` names nothing: write `tag:NAME`.');
  expect(parseFilter('alpha>', NOW).complaint).toBe('`alpha>` compares with nothing: write `alpha>VALUE`.');
  expect(found('colour:red')).toEqual([1, 2, 3]);
});

test('names of JavaScript are no parameters', () => {
  expect(found('constructor!=1')).toEqual([]);
});

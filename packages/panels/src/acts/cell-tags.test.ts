import { expect, test } from 'vitest';
import { renamedIn, roleIn, stepIn, withoutOurs, withRole } from './cell-tags.ts';

test('a role is found and replaced; other tags keep their place', () => {
  expect(roleIn(['mine', 'step:fit', 'retry:2'])).toBe('step:fit');
  expect(stepIn(['step:fit'])).toBe('fit');
  expect(stepIn(['parameters'])).toBeNull();
  expect(withRole(['mine', 'step:fit', 'retry:2'], 'setup')).toEqual(['setup', 'mine', 'retry:2']);
  expect(withRole(['mine', 'setup'], null)).toEqual(['mine']);
});

// What a step is asked for once stayed on the cell, where it means nothing without the step.
test('without our tags only those of other tools are left', () => {
  expect(withoutOurs(['mine', 'step:fit', 'prev:a', 'on:local', 'cpu:2', 'retry:many', 'join', 'remove-cell', 'stpe:x'])).toEqual(['mine', 'remove-cell', 'stpe:x']);
});

test('a step is renamed in every tag that means it', () => {
  expect(renamedIn(['step:fit', 'x'], 'fit', 'train')).toEqual(['step:train', 'x']);
  expect(renamedIn(['step:report', 'prev:fit'], 'fit', 'train')).toEqual(['step:report', 'prev:train']);
  expect(renamedIn(['step:fitter'], 'fit', 'train')).toBeNull();
});

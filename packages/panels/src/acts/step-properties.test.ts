import { expect, test } from 'vitest';
import { readTag } from '@headwater/protocol';
import { allProperties, complaintAbout, draftOf, shownValue, tagsFrom, valuesOf, withValues, type Property } from './step-properties.ts';

const property = (id: string): Property => allProperties().find((each) => each.id === id) ?? (() => { throw new Error(id); })();

test('every example is a value that a check takes', () => {
  for (const each of allProperties().filter(({ kind }) => kind === 'text')) {
    for (const value of each.example.split(', ')) expect(readTag(`${each.key}:${value}`)).toMatchObject({ kind: 'tag' });
  }
  for (const each of allProperties().filter(({ kind }) => kind === 'switch')) expect(readTag(each.key)).toMatchObject({ kind: 'tag' });
  for (const choice of property('on').choices) expect(readTag(`on:${choice}`)).toMatchObject({ kind: 'tag' });
});

test('what is not changed stays as it was written, whoever wrote it', () => {
  const tags = ['mine', 'step:fit', 'cache:enabled', 'cpu:2', 'pip:a', 'label:x', 'pip:b', 'join'];
  expect(tagsFrom(draftOf(tags), tags)).toEqual(tags);
  expect(tagsFrom({ ...draftOf(tags), cpu: ['4'], pip: ['a', ' c ', ''], memory: ['8G'] }, tags)).toEqual(['mine', 'step:fit', 'cache:enabled', 'cpu:4', 'pip:a', 'pip:c', 'label:x', 'join', 'memory:8G']);
});

test('a value that is none is shown as it is and can be mended; its complaint is that of a check', () => {
  const tags = ['step:fit', 'cpu:many', 'retry:3', 'retry:2:oom'];
  expect(valuesOf(tags, property('cpu'))).toEqual(['many']);
  expect(complaintAbout(property('cpu'), 'many')).toBe('The tag `cpu:many` wants a number of cores above zero, such as 2 or 0.5.');
  expect(complaintAbout(property('cpu'), '')).toBeNull();
  expect(withValues(tags, property('cpu'), [])).toEqual(['step:fit', 'retry:3', 'retry:2:oom']);
  expect(shownValue(tags, property('retry'))).toBe('3, 2:oom');
});

test('a join is a switch and what it collects: one goes with the other', () => {
  const tags = ['step:pick', 'join:scores=score'];
  const draft = draftOf(tags);
  expect([draft['join'], draft['collect']]).toEqual([[''], ['scores=score']]);
  expect(tagsFrom({ ...draftOf(['step:pick']), collect: ['scores=score'] }, ['step:pick'])).toEqual(['step:pick', 'join:scores=score']);
  expect(tagsFrom({ ...draft, join: [] }, tags)).toEqual(['step:pick']);
  expect(tagsFrom({ ...draft, collect: [] }, tags)).toEqual(['step:pick', 'join']);
  expect(tagsFrom({ ...draft, collect: ['scores=score', 'best=model'] }, ['step:pick', 'join'])).toEqual(['step:pick', 'join:scores=score', 'join:best=model']);
});

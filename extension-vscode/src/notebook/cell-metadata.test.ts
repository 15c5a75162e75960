import { expect, test } from 'vitest';
import { tagsIn, withTags } from './cell-metadata.ts';

test('tags are written beside everything else, sorted as Jupyter writes them', () => {
  const before = { id: 'c1', execution_count: 3, metadata: { slideshow: { b: 1, a: [2, 1] }, editable: false } };
  const after = withTags(before, ['step:fit', 'mine', 'step:fit']);
  expect(JSON.stringify(after)).toBe('{"execution_count":3,"id":"c1","metadata":{"editable":false,"slideshow":{"a":[2,1],"b":1},"tags":["step:fit","mine"]}}');
  expect(before.metadata).toEqual({ slideshow: { b: 1, a: [2, 1] }, editable: false });
});

test('no tags, no key', () => {
  expect(withTags({ metadata: { tags: ['setup'], x: 1 } }, [])).toEqual({ metadata: { x: 1 } });
  expect(withTags({}, ['setup'])).toEqual({ metadata: { tags: ['setup'] } });
});

test('what is no list of texts is no tags', () => {
  expect([{}, { metadata: { tags: 'setup' } }, { metadata: { tags: ['a', 3] } }].map(tagsIn)).toEqual([[], [], ['a']]);
});

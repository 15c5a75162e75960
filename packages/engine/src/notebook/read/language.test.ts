import { expect, test } from 'vitest';
import { refuseOtherLanguages } from './language.ts';

const refusal = (metadata: Record<string, unknown>) => {
  try {
    refuseOtherLanguages(metadata, 'a.ipynb');
    return null;
  } catch (error) {
    return (error as Error).message;
  }
};

test('a notebook of another language is refused; one that does not say is Python', () => {
  expect(refusal({ language_info: { name: 'R' }, kernelspec: { display_name: 'R 4' } })).toBe('a.ipynb is a notebook for R 4; Headwater runs Python notebooks.');
  expect([refusal({}), refusal({ language_info: { name: 'python' } }), refusal({ kernelspec: { language: 'python' } })]).toEqual([null, null, null]);
});

test('a name that is still empty counts as none', () => {
  // In JupyterLab a run that was started before its kernel had answered was refused as "a notebook for Python 3".
  expect(refusal({ language_info: { name: '' }, kernelspec: { display_name: 'Python 3', language: 'python' } })).toBeNull();
  expect(refusal({ language_info: { name: '' }, kernelspec: { language: '' } })).toBeNull();
});

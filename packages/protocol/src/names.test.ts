import { describe, expect, it } from 'vitest';
import { attemptKey, isStepName, parseAttemptKey, parsePath, parseRunId, setupName } from './names.ts';

describe('names', () => {
  it.each(['train', 'train_2', 'fit-all', 'größe', '学习', '_x', '9'])('takes %s as a step', (name) => expect(isStepName(name)).toBe(true));
  it.each(['', 'a b', 'a/b', 'a[0]', 'a@1', 'a,b', 'a:b', 'a=b', 'a.b', '-a', 'setup.1'])('refuses %s as a step', (name) => expect(isStepName(name)).toBe(false));

  it('reads ids as people type them', () => {
    expect(parseRunId('churn/42')).toEqual({ flow: 'churn', number: 42 });
    expect(parseRunId('churn')).toBeNull();
    expect(parsePath('churn/42/train[3]/model')).toEqual({ flow: 'churn', number: 42, task: 'train[3]', artifact: 'model' });
    expect(parsePath('churn')).toEqual({ flow: 'churn', number: null, task: null, artifact: null });
    expect(parsePath('churn/x')).toBeNull();
    expect(parsePath('../x')).toBeNull();
  });

  it('tells task and attempt apart, setup blocks too', () => {
    expect(parseAttemptKey(attemptKey('train[3]', 1))).toEqual({ task: 'train[3]', attempt: 1 });
    expect(parseAttemptKey(attemptKey(setupName(2), 0))).toEqual({ task: 'setup.2', attempt: 0 });
  });
});

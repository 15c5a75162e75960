// The tables of docs/from-*.md as data, and the notebook that their commands and Python lines are about.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CellLiteral } from '../helpers/notebook.ts';

const DOCS = path.resolve(import.meta.dirname, '../../docs');

export interface Gesture {
  readonly theirs: string;
  /** Every piece of code in the middle column. */
  readonly ours: readonly string[];
  readonly where: string;
}

export function readGestures(file: string): Gesture[] {
  const rows = readFileSync(path.join(DOCS, file), 'utf8').split('\n').filter((line) => /^\| .* \| (?:tag|cell|command|Python) \|$/.test(line));
  return rows.map((row) => {
    const [, theirs = '', ours = '', where = ''] = row.split(/(?<!\\)\|/).map((cell) => cell.trim());
    return { theirs, ours: [...ours.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code), where };
  });
}

/** A flow with a foreach, a parameter of each kind, metrics and a word of its own. */
export const CHURN: readonly CellLiteral[] = [
  ['setup', 'import headwater'],
  ['parameters', 'alpha = 0.5\nname = "nobody"'],
  ['step:load', 'rates = [alpha, alpha * 2]'],
  ['step:train foreach:rate=rates', 'score = rate * 10\nprint("trained", rate)'],
  ['step:pick join:scores=score', 'best = max(scores)\nheadwater.current.metrics(best=best)\nprint("best", best, name)'],
];

/** A tag or a line of code at work: a notebook that has it, and what its run prints because of it. */
export interface AtWork {
  readonly cells: readonly CellLiteral[];
  readonly prints: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const load: CellLiteral = ['step:load', 'rates = [1, 2]\nsize = "big"\nscore = 0'];

const collect: CellLiteral = ['step:pick join', 'count = len(inputs)'];

export const AT_WORK: Readonly<Record<string, AtWork>> = {
  'step:train': { cells: [['step:train', 'print("trained")'], ['', 'print("never")\nx = input()']], prints: 'trained' },
  'block:train': { cells: [['block:train', 'score = 3'], ['block:show', 'print("score", score)']], prints: 'score 3' },
  'prev:load': { cells: [['step:load', 'import time\ntime.sleep(0.3)\nprint("first")'], ['step:train prev:load', 'import time\nprint("after", time.time() > 0)']], prints: 'first\n✓ load  TIME\nafter True' },
  'score = 0.5': { cells: [['step:load', 'score = 0.5'], ['step:show', 'print("score", score)']], prints: 'score 0.5' },
  'score = alpha * 2': { cells: [['pipeline-parameters', 'alpha = 2'], ['block:train', 'score = alpha * 2'], ['block:show', 'print("score", score)']], prints: 'score 4' },
  'best = max([1, 2])': { cells: [['step:load', 'best = max([1, 2])'], ['step:show', 'print("best", best)']], prints: 'best 2' },
  'step:a step:b': { cells: [load, ['step:a', 'left = score + 1'], ['step:b', 'right = score + 2'], ['step:c', 'print(left, right)']], prints: '1 2' },
  'foreach:rate=rates': { cells: [load, ['step:train foreach:rate=rates', 'print("rate", rate)'], collect], prints: 'rate 1\n── train[1] · rate=2\nrate 2' },
  'join': { cells: [load, ['step:train foreach:rate=rates', 'score = rate'], ['step:pick join', 'print([b.score for b in inputs], score)']], prints: '[1, 2] 0' },
  'join:scores=score': { cells: [load, ['step:train foreach:rate=rates', 'score = rate'], ['step:pick join:scores=score', 'print(scores)']], prints: '[1, 2]' },
  'inputs[0].score': { cells: [load, ['step:train foreach:rate=rates', 'score = rate'], ['step:pick join', 'print("first", inputs[0].score)']], prints: 'first 1' },
  'headwater.current.index headwater.current.indices': { cells: [['setup', 'import headwater'], load, ['step:train foreach:rate=rates', 'print(headwater.current.index, headwater.current.indices, rate)'], collect], prints: '1 (1,) 2' },
  'when:size=big': { cells: [load, ['step:big when:size=big', 'print("big")'], ['step:small when:size=small', 'print("small")']], prints: 'big' },
  'until:done max:10': { cells: [load, ['step:loop until:done max:10', 'score += 1\ndone = score == 3'], ['step:show', 'print("rounds", score)']], prints: 'rounds 3' },
  'parameters': { cells: [['parameters', 'alpha = 0.5\nbeta = alpha * 2'], ['step:show', 'print(alpha, beta)']], args: ['-p', 'alpha=2'], prints: '2.0 4.0' },
  'injected-parameters': { cells: [['parameters', 'alpha = 0.5'], ['injected-parameters', 'alpha = 0.7'], ['step:show', 'print(alpha)']], prints: '0.7' },
  'pipeline-parameters': { cells: [['pipeline-parameters', 'alpha = 0.5'], ['block:show', 'print(alpha)']], args: ['-p', 'alpha=2'], prints: '2.0' },
  'setup': { cells: [['setup', 'LIMIT = 3\ndef double(x): return x * 2'], ['step:show', 'print(double(LIMIT))']], prints: '6' },
  'imports': { cells: [['imports', 'import math'], ['block:show', 'print(math.floor(2.5))']], prints: '2' },
  'functions': { cells: [['functions', 'def double(x): return x * 2'], ['block:show', 'print(double(4))']], prints: '8' },
  'pipeline-metrics': { cells: [['block:train', 'loss = 0.25'], ['pipeline-metrics', 'print(loss)']], prints: '0.25' },
  'skip': { cells: [['block:train', 'x = 1'], ['skip', 'print("never", x)'], ['block:show', 'print("x is", x)']], prints: 'x is 1' },
  'cache:enabled': { cells: [['block:train cache:enabled', 'print("made")']], prints: 'made' },
  'label:team:fraud annotation:note:none': { cells: [['block:train label:team:fraud annotation:note:none', 'print("labelled")']], prints: 'labelled' },
  'limit:memory:1G': { cells: [['block:train limit:memory:1G', 'print("within")']], prints: 'within' },
  'retry:3': { cells: [['setup', 'import headwater'], ['step:train retry:3', 'assert headwater.current.attempt == 3\nprint("fourth time")']], prints: 'fourth time' },
  'retry-wait:1s': { cells: [['setup', 'import headwater'], ['step:train retry:1 retry-wait:1s', 'assert headwater.current.attempt == 1\nprint("a second later")']], prints: 'a second later' },
  'catch:failed': { cells: [['step:train catch:failed', 'raise ValueError("no")'], ['step:show', 'print("went on:", failed.type)']], prints: 'went on: ValueError' },
  'on-success on-failure': { cells: [['on-failure', 'print("never")'], ['on-success', 'print("all done:", score)'], ['step:train', 'score = 3\nprint("trained")']], prints: 'trained\n✓ train  TIME\nall done: 3' },
  'timeout:20m': { cells: [['step:train timeout:20m', 'print("in time")']], prints: 'in time' },
  'cpu:1 memory:1G': { cells: [['step:train cpu:1 memory:1G', 'print("room")']], prints: 'room' },
  'env:MODE=fast': { cells: [['step:train env:MODE=fast', 'import os\nprint(os.environ["MODE"])']], prints: 'fast' },
  'secret:API_KEY': { cells: [['step:train secret:API_KEY', 'import os\nprint("key", os.environ["API_KEY"])']], env: { API_KEY: 'abcdefgh' }, prints: 'key [API_KEY]' },
  'headwater.report.append("**good**")': { cells: [['setup', 'import headwater'], ['step:train', 'headwater.report.append("**good**")']], prints: '**good**' },
  'headwater.report.append("**figure**")': { cells: [['setup', 'import headwater'], ['step:train', 'headwater.report.append("**figure**")']], prints: '**figure**' },
  'headwater.current.run headwater.current.step headwater.current.task headwater.current.attempt': {
    cells: [['setup', 'import headwater'], ['step:train', 'print(headwater.current.run, headwater.current.step, headwater.current.task, headwater.current.attempt)']], prints: 'churn/1 train train 0',
  },
};

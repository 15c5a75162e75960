// Branches, conditions and loops that do not add up: what a person is told before anything runs.

import { describe, expect, it } from 'vitest';
import { analyse } from '../testing/notebook.ts';

/** Cells as `tags | source`, separated by `---`. */
const ROWS: readonly (readonly [text: string, expected: readonly string[]])[] = [
  ['step:a | xs = [1]\n---\nstep:b foreach:x=xs | y = x\n---\nstep:c join:ys=y | ys', []],
  ['step:a | xs = [1]\n---\nstep:b foreach:x=xs | y = x', ['hint unclosed-foreach 1 Nothing closes the foreach of step `b`: its branches run, and nothing collects them.']],
  ['step:a join | x = 1', ['error stray-join 0 Step `a` is tagged `join`, but no foreach is open there.']],
  ['step:a | xs = [1]\n---\nstep:b foreach:x=xs | y = x\n---\nstep:c join foreach:z=xs | z', ['error join-and-foreach 2 Step `c` closes a foreach and opens another.']],
  ['step:a | xs = [1]\n---\nstep:b foreach:x=xs foreach:y=xs | z = x\n---\nstep:c join | 1', ['error two-foreach 1 Step `b` is tagged `foreach` more than once.']],
  ['step:b foreach:x=xs | y = x\n---\nstep:c join:ys=y | ys', ['warning unresolved-name 0 Step `b` goes over `xs`, which no step above binds.']],
  ['step:a | xs = [1]\n---\nstep:b foreach:x=xs | y = x\n---\nstep:c join:ys=q | ys', ['warning join-unbound 2 Step `c` collects `q` as `ys`, but no step of the branches binds `q`.']],
  ['step:a | xs = [1]\n---\nstep:b foreach:x=xs | y = x\n---\nstep:c join | print(y)', ['warning branch-name 2 Step `c` reads `y`, which exists only in the branches of `b`.']],
  ['step:a | xs = [1]\n---\nstep:b foreach:x=xs | y = x\n---\nstep:c join | 1\n---\nstep:d | x', ['warning branch-name 3 Step `d` reads `x`, which exists only in the branches of `b`.']],
  ['step:a | xs = [1]\nq = 2\n---\nstep:b foreach:x=xs | y = x\n---\nstep:i | r = q\n---\nstep:c join:ys=y | ys', ['hint idle-branch 2 Step `i` reads nothing of the branches it stands in: it does the same in each.']],
  // Which branch it is in, `headwater.current` says; what the whole run has, it has in each.
  ['step:a | import headwater\nxs = [1]\nq = 2\n---\nstep:b foreach:x=xs | y = x\n---\nstep:i | r = q + headwater.current.index\n---\nstep:c join:ys=y | ys', []],
  ['setup | from headwater import current as now\n---\nstep:a | xs = [1]\n---\nstep:b foreach:x=xs | y = x\n---\nstep:i | now.checkpoint.save(1)\n---\nstep:c join:ys=y | ys', []],
  ['step:a | import headwater\nxs = [1]\n---\nstep:b foreach:x=xs | y = x\n---\nstep:i | r = headwater.current.run\n---\nstep:c join:ys=y | ys', ['hint idle-branch 2 Step `i` reads nothing of the branches it stands in: it does the same in each.']],
  ['step:a | x = 1\n---\non-success | print(x)\n---\nstep:tell on-failure on-success | print(x)\n---\nstep:b | y = x\n---\nstep:c | z = y', []],
  ['step:a on-failure | 1\n---\nstep:a | 2', ['error closing-step 1 Step `a` runs when the run has ended, but this cell of it is not tagged so.']],
  ['step:a | xs = [1]\n---\nstep:b on-success foreach:x=xs | 1', ['hint unclosed-foreach 1 Nothing closes the foreach of step `b`: its branches run, and nothing collects them.', 'error closing-step 1 Step `b` runs when the run has ended: it cannot be tagged `foreach`.']],
  // Nobody sees what is bound after the end, the other one neither.
  ['step:a | 1\n---\non-failure | x = 1\n---\non-success | x\n---\nstep:b | x', ['warning unresolved-name 2 Step `on-success` reads `x`, which nothing in the notebook binds.', 'warning unresolved-name 3 Step `b` reads `x`, which nothing in the notebook binds.']],
  ['step:a foreach:x | 1', ['error bad-tag-value 0 The tag `foreach:x` wants ITEM=LIST, two Python names, such as `foreach:lr=rates`.']],
  ['step:a join:x | 1', ['error bad-tag-value 0 The tag `join:x` wants ALL=ONE, two Python names, such as `join:scores=score`.']],
  ['step:a retry:99 | 1', ['error bad-tag-value 0 The tag `retry:99` wants a whole number from 1 to 20, or one with a cause: `retry:3:infra`, `retry:3:oom`.']],
  ['step:a retry:3:rain | 1', ['error bad-tag-value 0 The tag `retry:3:rain` wants a whole number from 1 to 20, or one with a cause: `retry:3:infra`, `retry:3:oom`.']],
  ['step:a timeout:0 | 1', ['error bad-tag-value 0 The tag `timeout:0` wants a time above zero such as 30s, 20m or 2h.']],
  ['step:a when:!a=b | 1', ['error bad-tag-value 0 The tag `when:!a=b` wants NAME, !NAME or NAME=VALUE.']],
  ['step:a until:done | x = 1', ['warning until-unbound 0 Step `a` repeats until `done`, but nothing in it binds `done`.']],
  ['step:a max:3 | x = 1', ['hint unused-tag 0 The tag `max` of step `a` means nothing without `until`.']],
  ['step:a when:q | x = 1', ['warning unresolved-name 0 Whether step `a` runs depends on `q`, which no step above binds.']],
  ['step:a | xs = [1]\n---\nstep:b foreach:x=xs | y = x\n---\nstep:c join until:d | d = 1', ['error join-and-until 2 Step `c` joins branches and repeats.']],
  ['setup retry:2 | x = f()', ['hint unused-tag 0 The tag `retry:2` means nothing on a cell that belongs to no step.']],
];

describe('control', () => {
  it.each(ROWS)('%j', (text, expected) => {
    const { diagnostics } = analyse(text);
    expect(diagnostics.filter(({ code }) => code !== 'no-steps' && !(code === 'unresolved-name' && text.startsWith('setup'))).map(({ severity, code, cell, sentence }) => `${severity} ${code} ${cell ?? '-'} ${sentence}`)).toEqual(expected);
  });
});

describe('what flows around branches', () => {
  const edges = (text: string) => analyse(text).edges.map(({ from, to, names, why }) => `${from} -> ${to} ${why} ${names.join(',')}`);

  it('goes into branches, and out of them only through the join', () => {
    expect(edges('step:a | xs = [1]\nbase = 2\n---\nstep:b foreach:x=xs | y = x + base\n---\nstep:c | z = y\n---\nstep:d join:zs=z | n = len(zs)\n---\nstep:e | print(base, n, zs)')).toEqual([
      'a -> b data base', 'a -> b list xs', 'b -> c data y', 'a -> e data base', 'd -> e data n,zs', 'c -> d join z',
    ]);
  });

  it('gives a name that branches bind too the value it had before them', () => {
    expect(edges('step:a | xs = [1]\ny = 0\n---\nstep:b foreach:x=xs | y = x\n---\nstep:c join | print(y)')).toEqual(['a -> b list xs', 'a -> c data y', 'b -> c join ']);
  });
});

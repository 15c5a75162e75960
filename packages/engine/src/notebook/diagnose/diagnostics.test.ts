// Every diagnostic, as a whole line: severity, code, cell, range, sentence.

import { describe, expect, it } from 'vitest';
import { analyse, diagnostics } from '../testing/notebook.ts';

/** Cells divided by `---`, and all that is said about them. */
const ROWS: readonly (readonly [string, readonly string[]])[] = [
  // a clean flow
  ['setup | import a\n---\nstep:s | x = a.f()\n---\nstep:t | print(x)', []],
  ['#> # Only text\n---\n| import a', ['error no-steps - No cell of the notebook is tagged as a step.']],
  // syntax
  ['step:s | x = = 1', ['error syntax-error 0:0:4-0:5 Step `s` has a syntax error in line 1: this is no Python.']],
  ['step:s | x = 1\nif x:\n  print x', ['error syntax-error 0:2:2-2:9 Step `s` has a syntax error in line 3: `print` needs brackets in Python 3.']],
  ['step:s | x = 1\n---\nsetup | return 1', ['error syntax-error 1:0:0-0:8 The cell has a syntax error in line 1: `return` stands outside a function.']],
  ['step:s | x = 1\n---\nskip | )', ['hint syntax-error 1:0:0-0:1 The cell has a syntax error in line 1: this is no Python.']],
  ['step:s | for i in x():\n  pass\nbreak', ['warning unresolved-name 0:0:9-0:10 Step `s` reads `x`, which nothing in the notebook binds.', 'error syntax-error 0:2:0-2:5 Step `s` has a syntax error in line 3: `break` stands outside a loop.']],
  // tags
  ['step:s notebook:x | x = 1', ['error tag-not-built 0 The tag `notebook:x` asks for something that this version cannot do yet.']],
  ['step:s on:moon | x = 1', ['error bad-tag-value 0 The tag `on:moon` wants local, kubernetes or batch.']],
  ['step:a/b | x = 1\n---\nstep:s | 1', ['error bad-tag-value 0 The tag `step:a/b` wants a name of letters, digits, `_` and `-`.']],
  ['step: | x = 1\n---\nstep:s | 1', ['error bad-tag-value 0 The tag `step:` without a name joins the step above, and there is none.']],
  ['stpe:train | x = 1\n---\nstep:s | 1', ['warning near-miss-tag 0 The tag `stpe:train` is no tag of Headwater; `step` is.']],
  ['step:s slideshow | x = 1', []],
  ['step:s skip | x = 1\n---\nstep:t | 1', ['error tag-conflict 0 The cell is tagged `step` and `skip` at once.']],
  ['step:s step:t | x = 1', ['error two-step-tags 0 The cell is tagged for several steps: `s` and `t`.']],
  ['imports functions | import a\n---\nstep:s | a', []],
  ['step:s | x = 1\n---\nstep:t prev:q | 1', ['error unknown-prev 1 Step `t` is to run after `q`, but there is no such step.']],
  ['step:train | x = 1\n---\nstep:t prev:trian | 1', ['error unknown-prev 1 Step `t` is to run after `trian`, but there is no such step.']],
  ['step:s prev:t | x = 1\n---\nstep:t | 1', ['error cycle 0 Step `s` is to run after `t`, which stands below it.']],
  ['step:s prev:s | x = 1', ['error cycle 0 Step `s` names itself in `prev:`.']],
  ['setup prev:s | import a\n---\nstep:s | a', ['hint unused-tag 0 The tag `prev:s` means nothing on a cell that belongs to no step.']],
  ['step:s | x = 1\n---\nstep: prev:s | y = x', ['hint unused-tag 1 The step has begun above: its tag `prev:s` means nothing here.']],
  ['skip prev:s | import a\n---\nstep:s | 1', []],
  // cells of one step
  ['step:a | x = 1\n---\nstep:b | y = x\n---\nstep:a | x = 2', ['error split-step 2 Step `a` goes on here, but step `b` stands between its cells, and both use `x`.']],
  ['step:a | x = 1\n---\nstep:b | y = 1\n---\nstep:a | z = y', ['error split-step 2 Step `a` goes on here, but step `b` stands between its cells, and both use `y`.']],
  ['step:a | x = 1\n---\nstep:b | y = 1\n---\nstep:a | z = 2\n---\nstep:c | print(x, y, z)', []],
  ['step:a | x = 1\n---\nstep:b | i = 1\n---\nstep:a | i = 2', []],
  ['step:a | x = 1\n---\nstep:b | i = 1\n---\nstep:a | i = 2\n---\nstep:c | i', ['error split-step 2 Step `a` goes on here, but step `b` stands between its cells, and both use `i`.']],
  ['step:a | x = 1\n---\nsetup | import q\n---\nstep:a | q.f()', ['error split-step 2 Step `a` goes on here, but a setup cell stands between its cells, and both use `q`.']],
  ['step:a | x = 1\n---\nstep:b | exec("1")\n---\nstep:a | z = 2', ['hint opaque-step 1:0:0-0:4 Step `b` waits for all steps above it: uses `exec`.', 'error split-step 2 Step `a` goes on here, but step `b` stands between its cells, and nobody can see which names they share: uses `exec`.']],
  ['step:a | x = 1\n---\nstep:b | open("f", "w")\n---\nstep:a | open("f")', ['error split-step 2 Step `a` goes on here, but step `b` stands between its cells, and both use `f`.']],
  // names
  ['step:s | print(x)', ['warning unresolved-name 0:0:6-0:7 Step `s` reads `x`, which nothing in the notebook binds.']],
  ['step:s | print(x)\n---\nstep:t | x = 1', ['warning unresolved-name 0:0:6-0:7 Step `s` reads `x`, which only step `t` binds, below it.']],
  ['setup | def f(): return x\n---\nstep:s | g = f\n---\nstep:t | x = 1\n---\nstep:u | g()', []],
  ['setup | def f(): return x\n---\nstep:s | f()', ['warning unresolved-name 1:0:0-0:1 Step `s` reads `x`, which nothing in the notebook binds.']],
  ['step:s | def f(a: T): ...', []],
  ['step:s | exec("x = 1")\n---\nstep:t | x', ['hint opaque-step 0:0:0-0:4 Step `s` waits for all steps above it: uses `exec`.', 'hint unresolved-name 1:0:0-0:1 Step `t` reads `x`; only step `s` may bind it, where uses `exec`.']],
  ['| x = f()\n---\nstep:s | print(x)', ['warning scratch-provider 1:0:6-0:7 Step `s` reads `x`, bound only in cell 1, which is not part of the flow.']],
  ['skip | import a, b\n---\nstep:s | a.f(b)', ['warning scratch-provider 1:0:0-0:3 Step `s` reads `a` and `b`, bound only in cell 1, which is tagged `skip`.']],
  ['step:s | if a():\n  x = 1\n---\nstep:t | x', ['warning unresolved-name 0:0:3-0:4 Step `s` reads `a`, which nothing in the notebook binds.', 'hint conditionally-bound 1:0:0-0:1 Step `t` reads `x`, which step `s` binds only under a condition or in a loop.']],
  ['step:r | x = 0\n---\nstep:s | if x:\n  x = 1\n---\nstep:t | x', []],
  ['step:s | x = 1\n---\nstep:t | del x\n---\nstep:u | x', ['warning unresolved-name 2:0:0-0:1 Step `u` reads `x`, which step `t` deletes.']],
  // cells outside the flow
  ['step:s | x = 1\n---\n| x = f(x)\n---\nstep:t | x', ['warning scratch-rebinds 1:0:0-0:1 The cell is not part of the flow, but it rebinds `x`, which step `t` reads: running all cells by hand would give something else than a run.']],
  ['step:s | x = []\n---\n| x.append(1); x\n---\nstep:t | x', ['warning scratch-rebinds 1:0:0-0:11 The cell is not part of the flow, but it changes `x`, which step `t` reads: running all cells by hand would give something else than a run.']],
  ['step:s | x = []\n---\nskip | del x\n---\nstep:t | x', ['hint scratch-rebinds 1:0:4-0:5 The cell is not part of the flow, but it deletes `x`, which step `t` reads: running all cells by hand would give something else than a run.']],
  ['step:s | x = 1\n---\n| x = f(x)\n---\nstep:t | x = 2\n---\nstep:u | x', []],
  ['| x = f()\n---\nstep:s | x = 1\n---\nstep:t | x', []],
  // the rest
  ['setup | from a import f\n---\nstep:s | x = []\n---\nstep:t | f(x); y = 1\n---\nstep:u | x', ['hint parallel-mutation 2:0:0-0:4 If `f` changes `x` here, step `u`, which runs beside step `t`, has to run again.']],
  ['setup | from a import f\n---\nstep:s | x = []\n---\nstep:t | y = f(x)\n---\nstep:u | x', []],
  ['setup | from a import f\n---\nstep:s | x = []\n---\nstep:t | f(x); y = 1\n---\nstep:u prev:t | x', []],
  ['setup | from a import *\n---\nstep:s | f()', ['warning star-import 0:0:0-0:15 The setup: `from a import *` binds names nobody can list.']],
  // Told on the command line: a run without it is refused.
  ['parameters | n: int\nm = n * 2\n---\nstep:s | n + m', []],
  ['setup | n: int\n---\nstep:s | n', ['warning unresolved-name 1:0:0-0:1 Step `s` reads `n`, which nothing in the notebook binds.']],
  ['parameters | n = 1\n---\nstep:s | n = 2\n---\nstep:t | n', ['hint parameter-reassigned 1:0:0-0:1 Step `s` gives the parameter `n` another value: what runs below does not see what was asked for.']],
  ['setup | import cfg\n---\nstep:s | cfg.DEBUG = True\n---\nstep:t | cfg.run()', []],
  ['step:s | import atexit\natexit.register(print, "bye")', ['warning exit-function 0:0:0-0:0 Step `s` registers a function with `atexit`; the process of a step ends without calling it.']],
  ['step:s | import a\n!pip install b\na.f()', ['hint pip-line 0:1:0-1:14 `!pip install b` does not run in a flow.']],
  ['step:s | globals()', ['hint opaque-step 0:0:0-0:7 Step `s` waits for all steps above it: uses `globals`.']],
  // places in cells with magics and indentation
  ['step:s | %time y = x', ['warning unresolved-name 0:0:10-0:11 Step `s` reads `x`, which nothing in the notebook binds.']],
  ['step:s |   y = 1\n  print(x)', ['warning unresolved-name 0:1:8-1:9 Step `s` reads `x`, which nothing in the notebook binds.']],
  ['step:s | "😀"; print(x)', ['warning unresolved-name 0:0:12-0:13 Step `s` reads `x`, which nothing in the notebook binds.']],
];

it.each(ROWS)('%j', (text, expected) => {
  expect(diagnostics(text)).toEqual(expected);
});

describe('fixes', () => {
  const fixes = (text: string) => analyse(text).diagnostics.map(({ hint, fix }) => [hint, fix?.title ?? null, fix?.edits.map((edit) => (edit.kind === 'set-tags' ? `${edit.cell}: ${edit.tags.join(' ')}` : edit.text)).join()  ?? null]);

  it.each<[string, (string | null)[]]>([
    ['stpe:train other | x = 1\n---\nstep:s | 1', ['If it belongs to another tool, leave it; it has no meaning here.', 'Change to `step:train`', '0: step:train other']],
    ['step:s notebook:x | x = 1', ['Take the tag off to run without it.', 'Remove `notebook:x`', '0: step:s']],
    ['step:train | x = 1\n---\nstep:t prev:trian | 1', ['There is a step `train`.', 'Change to `prev:train`', '1: step:t prev:train']],
    ['step:s prev:t | x = 1\n---\nstep:t | 1', ['Steps run in notebook order: move the cell, or take the tag off.', 'Remove `prev:t`', '0: step:s']],
    ['| x = f()\n---\nstep:s | print(x)', ['Tag that cell `setup`, or give it to a step.', 'Tag cell 1 as setup', '0: setup']],
    ['skip a | import x\n---\nstep:s | print(x)', ['Tag that cell `setup`, or give it to a step.', 'Tag cell 1 as setup', '0: a setup']],
    ['setup prev:s | import a\n---\nstep:s | a', [null, 'Remove `prev:s`', '0: setup']],
  ])('%j', (text, expected) => {
    expect(fixes(text)).toEqual([expected]);
  });
});

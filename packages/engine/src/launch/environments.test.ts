// What is pure about environments: what a flow wants, what lines and locks say, what uv's complaints come to.

import { describe, expect, it } from 'vitest';
import { mergeRequirements, packageOf } from '@headwater/protocol';
import { openAnalyser } from './analyser.ts';
import { packagesOf } from '../environment/lock.ts';
import { satisfies } from '../environment/python-version.ts';
import { readLines } from '../environment/read-beside.ts';
import { shareAlike } from '../environment/share.ts';
import { shorten } from '../environment/uv.ts';
import { findWants, needsBeside, type Beside } from '../environment/want.ts';

const BESIDE: Beside = { file: 'requirements.txt', lines: ['pandas==2.2.3', 'six'], requiresPython: null };

async function want(cells: string, isChosen: boolean, beside: Beside | null = BESIDE) {
  const flow = (await openAnalyser()).analyse(cells, { path: 'nb.py' });
  const { run, steps } = findWants(flow, { beside: needsBeside(flow, isChosen) ? beside : null, isChosen });
  const lines = (wanted: typeof run) => wanted?.kind === 'packages' ? [wanted.why, ...wanted.lines] : wanted;
  return { run: lines(run), ...Object.fromEntries([...steps].map(([name, wanted]) => [name, lines(wanted)])), problems: flow.diagnostics.map(({ sentence }) => sentence) };
}

const A = '# %% tags=["step:a"]\nx = 1\n';
const B = '# %% tags=["step:b", "pip:six==1.15.0"]\ny = 1\n';
const SCRIPT = '# /// script\n# requires-python = ">=3.9"\n# dependencies = ["Six", "toml"]\n# ///\n';

describe('what a flow wants', () => {
  it.each<[string, Promise<unknown>, unknown]>([
    ['nothing', want(A, true), { run: null, problems: [] }],
    ['a file, where nobody chose', want(A, false), { run: ['requirements.txt', 'pandas==2.2.3', 'six'], problems: [] }],
    ['a step on top of the file', want(A + B, true), { run: null, b: ['pip:six==1.15.0', 'six==1.15.0', 'pandas==2.2.3'], problems: [] }],
    ['a step alone', want(A + B, true, null), { run: null, b: ['pip:six==1.15.0', 'six==1.15.0'], problems: [] }],
    ['script metadata before a file', want(SCRIPT + A + B, false), { run: ['script metadata', 'Six', 'toml'], b: ['pip:six==1.15.0', 'six==1.15.0', 'toml'], problems: [] }],
    ['metadata twice', want(`${SCRIPT}# %%\n${SCRIPT}${A}`, false, null), { run: null, problems: ['The notebook has two blocks of script metadata.'] }],
    ['sources', want('# /// script\n# dependencies = ["a"]\n# [tool.uv.sources]\n# a = { git = "x" }\n# ///\n' + A, true), { run: null, problems: ['The script metadata names sources of packages (`tool.uv.sources`), which is not built yet.'] }],
  ])('%s', async (_, found, expected) => {
    expect(await found).toEqual(expected);
  });
});

describe('who has an environment together', () => {
  const C = '# %% tags=["step:c", "pip:six==1.15.0"]\nz = 1\n';

  async function share(cells: string, elsewhere: Readonly<Record<string, string>>, beside: Beside | null = null) {
    const flow = (await openAnalyser()).analyse(cells, { path: 'nb.py' });
    return shareAlike(flow, findWants(flow, { beside, isChosen: false }), (step) => elsewhere[step] ?? null).map(({ steps, target, wanted }) => [steps?.join() ?? null, target, wanted.why]);
  }

  it.each<[string, Promise<unknown>, unknown]>([
    ['alike, here', share(A + B + C, {}), [['b,c', null, 'pip:six==1.15.0']]],
    ['alike, on different machines', share(A + B + C, { c: 'linux' }), [['b', null, 'pip:six==1.15.0'], ['c', 'linux', 'pip:six==1.15.0']]],
    ['what the notebook says goes where steps go, setup too', share(`${SCRIPT}import json\n${A}${B}`, { 'setup.1': 'linux', a: 'linux' }), [[null, null, 'script metadata'], ['setup.1,a', 'linux', 'script metadata'], ['b', null, 'pip:six==1.15.0']]],
    ['a file beside the notebook stays', share(A + B, { a: 'linux' }, BESIDE), [[null, null, 'requirements.txt'], ['b', null, 'pip:six==1.15.0']]],
  ])('%s', async (_, found, expected) => {
    expect(await found).toEqual(expected);
  });
});

it('reads which package a requirement is about', () => {
  expect(['six', 'Foo.Bar_baz[x]>=1,<2', 'a @ git+https://x', 'a; python_version < "3"', '=1', '-r x.txt', './a', ''].map(packageOf)).toEqual(['six', 'foo-bar-baz', 'a', 'a', null, null, null, null]);
  expect(mergeRequirements(['A==1'], ['a', 'b', '--index-url x'])).toEqual(['A==1', 'b', '--index-url x']);
});

it('reads lines and locks', () => {
  expect(readLines('# x\nsix==1 \\\n    --hash=sha256:ab \\\n    --hash=sha256:cd\n-r other.txt # why\n\na @ https://x/#egg=a\n')).toEqual(['six==1', '-r other.txt', 'a @ https://x/#egg=a']);
  expect(packagesOf('six==1.15.0 \\\n    --hash=sha256:ab\nfoo[bar]==2 ; python_version < "3.13"\ngit-thing @ git+https://x@abc\n-e file:///x\n')).toEqual({ six: '1.15.0', foo: '2', 'git-thing': 'git+https://x@abc' });
});

it.each([
  ['3.11.7', '>=3.9', true], ['3.11.7', '>=3.9,<3.11', false], ['3.11.7', '==3.11.*', true], ['3.11.7', '==3.11', false], ['3.11.0', '==3.11', true], ['3.11.7', '~=3.10', true],
  ['3.11.7', '~=3.10.1', false], ['3.11.7', '!=3.11.*', false], ['3.9.1', '> 3.9', true], ['3.11.7', 'nonsense', false],
])('%s is %s: %s', (version, specifier, expected) => {
  expect(satisfies(version, specifier)).toBe(expected);
});

it('makes a complaint of uv short', () => {
  expect(shorten('error: No solution found when resolving dependencies\n  cause: Because there is no version of six==99 and you require six==99, we can conclude that your requirements are unsatisfiable.\n\nhint: x\n'))
    .toBe('Because there is no version of six==99 and you require six==99, we can conclude that your requirements are unsatisfiable');
  // As versions before 0.9 wrote it.
  expect(shorten('  × No solution found when resolving dependencies:\n  ╰─▶ Because six was not found in the package registry and you require six, we can\n      conclude that your requirements are unsatisfiable.\n'))
    .toBe('Because six was not found in the package registry and you require six, we can conclude that your requirements are unsatisfiable');
  expect(shorten('error: Failed to fetch: `https://x/six/`\n  Caused by: connection refused\n')).toBe('Failed to fetch: `https://x/six/` Caused by: connection refused');
});

// Environments that a notebook asks for: built by uv from the package index, kept, noted, and had again.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findConda, findContainers } from '@headwater/engine';
import type { RunRecord } from '@headwater/protocol';
import type { CellLiteral } from '../helpers/notebook.ts';
import { Project, PYTHON } from '../helpers/project.ts';
import { UV, UV_CACHE } from '../helpers/uv.ts';

const CACHES = mkdtempSync(path.join(os.tmpdir(), 'headwater-test-caches-'));
/** An environment is thousands of files. */
const REMOVING_MS = 120_000;
afterAll(() => rmSync(CACHES, { recursive: true, force: true, maxRetries: 5 }), REMOVING_MS);

/** Headwater's own cache is new to this file, or to the test; what uv has fetched is there: a package is fetched once a machine. */
function makeProject(cache = 'shared'): Project {
  const project = new Project();
  project.env['UV_CACHE_DIR'] = UV_CACHE;
  project.env['XDG_CACHE_HOME'] = path.join(CACHES, cache);
  project.env['PATH'] = [path.dirname(PYTHON), process.env['PATH']].join(path.delimiter);
  return project;
}

/** A project in which nobody chose an interpreter. */
function makeUnchosen(cache = 'shared'): Project {
  const project = makeProject(cache);
  project.env['VIRTUAL_ENV'] = undefined;
  project.env['CONDA_PREFIX'] = undefined;
  return project;
}

const built = (cache: string) => readdirSync(path.join(CACHES, cache, 'headwater/environments'));
const record = (project: Project, run = 1) => JSON.parse(project.read(`.headwater/flows/nb/runs/0000000${run}/run.json`)) as RunRecord;
const WHERE = 'import six, sys\nprint(six.__version__, "environments" in sys.prefix)';

const TWO: readonly CellLiteral[] = [
  ['', 'import json'],
  ['step:old pip:six==1.15.0', `import six\nold = six.__version__\nrows = {"a": [1]}\nprint(json.dumps(rows))`],
  ['step:new pip:six==1.16.0', 'import six\nnew = six.__version__\nrows["a"].append(2)'],
  ['step:both', 'print(old, new, rows)'],
];

describe('pip: of steps', () => {
  it('gives each step its own packages; values cross, the record says what there was', async () => {
    const project = makeProject('two');
    project.notebook('nb.ipynb', TWO);
    const first = await project.headwater('run', 'nb.ipynb');
    expect(first.code).toBe(0);
    expect(first.stdout).toContain("1.15.0 1.16.0 {'a': [1, 2]}");
    expect(first.stderr.split('\n').sort()).toEqual(['', 'building the environment of new: 18 packages', 'building the environment of old: 18 packages'].map((line) => line.replace('18', String(Object.keys(record(project).environments[0]!.packages).length))));
    expect(record(project).environments.map(({ steps, why, packages }) => [steps, why, packages['six'], 'ipython' in packages])).toEqual([
      [['old'], 'pip:six==1.15.0', '1.15.0', true], [['new'], 'pip:six==1.16.0', '1.16.0', true],
    ]);
    expect((await project.headwater('show', 'nb/1')).stdout).toMatch(/Environment of old: pip:six==1\.15\.0 · Python \S+ · six 1\.15\.0, .* and \d+ more \(--json\)/);
    expect(built('two')).toHaveLength(2);
    // What is built is not built again.
    const second = await project.headwater('run', 'nb.ipynb');
    expect([second.code, second.stderr]).toEqual([0, '']);
    expect((await project.headwater('verify')).code).toBe(0);
    expect((await project.headwater('gc')).stdout).toMatch(/^Deleted 0 blobs/);
  });

  it('is part of what a step does: another version runs again, the rest is reused', async () => {
    const project = makeProject();
    project.notebook('nb.ipynb', [['step:a pip:six==1.15.0', `${WHERE}\nx = 1`], ['step:b', 'y = x']]);
    await project.run('nb.ipynb');
    project.notebook('nb.ipynb', [['step:a pip:six==1.16.0', `${WHERE}\nx = 1`], ['step:b', 'y = x']]);
    const { stdout } = await project.headwater('resume', 'nb/1');
    expect(stdout).toContain('1.16.0 True\n✓ a');
    expect(stdout).toContain('↻ b');
    expect((await project.headwater('resume', 'nb/2', '--strict')).stdout).toMatch(/↻ a[^]*↻ b/);
  });

  it('names the module that a value needs and the environment lacks', async () => {
    const project = makeProject();
    project.notebook('nb.ipynb', [['', 'import pandas as pd'], ['step:a', 'df = pd.DataFrame({"a": [1]})\nplain = 1'], ['step:b pip:six', 'print(plain)'], ['step:c pip:six', 'print(len(df))']]);
    const { events, status } = await project.run('nb.ipynb');
    expect(status).toBe('failed');
    const failed = events.filter(({ type }) => type === 'task-executed').map(({ report }) => report as { id: string; failure: { message: string } | null }).find(({ failure }) => failure !== null);
    expect(failed).toMatchObject({ id: 'c.0', failure: { message: expect.stringMatching(/^c cannot load df: it needs the module (pandas|numpy)\S*, which this environment does not have$/) as unknown } });
  });

  it('does not share what cannot be stored', async () => {
    const project = makeProject();
    project.notebook('nb.ipynb', [['step:a', 'rows = (i for i in range(3))'], ['step:b pip:six', 'print(next(rows))']]);
    const { stdout, stderr } = await project.headwater('run', 'nb.ipynb');
    expect(stdout + stderr).toContain('b reads `rows` (a generator) of a, which cannot be stored, and the two have different environments. Put both in one step, or give them the same environment.');
  });

  it('goes with branches, joins and loops', async () => {
    const project = makeProject();
    project.notebook('nb.ipynb', [
      ['step:list', 'items = [1, 2]'], ['step:each foreach:i=items pip:six==1.15.0', 'import six\nv = (i, six.__version__)'],
      ['step:all join:vs=v pip:six==1.16.0', 'import six\nprint(vs, six.__version__)\nn = 0'], ['step:loop until:enough pip:six==1.16.0', 'n += 1\nenough = n == 3'], ['step:end', 'print(n)'],
    ]);
    const { stdout, code } = await project.headwater('run', 'nb.ipynb');
    expect(code).toBe(0);
    expect(stdout).toContain("[(1, '1.15.0'), (2, '1.15.0')] 1.16.0");
    // Steps that ask for the same share one.
    expect(record(project).environments.map(({ steps }) => steps)).toEqual([['each'], ['all', 'loop']]);
  });
});

describe('the whole notebook', () => {
  it('runs in what its script metadata says, setup included', async () => {
    const project = makeProject();
    project.write('nb.py', `# /// script\n# requires-python = ">=3.9"\n# dependencies = ["six==1.16.0"]\n# ///\n\n# %%\nimport six\n\n# %% tags=["step:a"]\nprint(six.__version__)\n\n# %% tags=["step:b", "pip:six==1.15.0"]\nimport six as mine\nprint(mine.__version__)\n`);
    const { stdout, code } = await project.headwater('run', 'nb.py');
    expect(code).toBe(0);
    expect(stdout).toMatch(/bin\/python · environment of script metadata, \d+ packages\nnb\/1 · nb\.py\n1\.16\.0\n✓ a.*\n1\.15\.0\n✓ b/);
    expect(record(project).environments.map(({ steps }) => steps)).toEqual([null, ['b']]);
  });

  it('runs in what its defaults say, in a notebook too', async () => {
    const project = makeProject();
    project.notebook('nb.ipynb', [['step:a', WHERE]], { headwater: { defaults: ['pip:six==1.16.0'] } });
    expect((await project.headwater('run', 'nb.ipynb')).stdout).toContain('1.16.0 True');
  });

  it('takes a file beside it where nobody chose an interpreter, the most exact one', async () => {
    const project = makeUnchosen();
    project.notebook('nb.ipynb', [['step:a', WHERE]]);
    project.write('requirements.txt', '# ours\nsix==1.15.0  # pinned\n');
    expect((await project.headwater('run', 'nb.ipynb')).stdout).toMatch(/environment of requirements\.txt[^]*1\.15\.0 True/);
    expect((await project.headwater('run', 'nb.ipynb', '--python', PYTHON)).stdout).toMatch(/asked for\n/);
    project.write('pyproject.toml', '[project]\nname = "ours"\nversion = "1"\nrequires-python = ">=3.9"\ndependencies = ["six<1.17"]\n');
    expect((await project.headwater('run', 'nb.ipynb')).stdout).toMatch(/environment of pyproject\.toml[^]*1\.16\.0 True/);
    // A lock keeps what it says, whatever else would do.
    project.write('pyproject.toml', '[project]\nname = "ours"\nversion = "1"\nrequires-python = ">=3.9"\ndependencies = ["six==1.14.0"]\n');
    execFileSync(UV, ['lock', '--quiet'], { cwd: project.folder, env: project.env });
    expect((await project.headwater('run', 'nb.ipynb')).stdout).toMatch(/environment of uv\.lock[^]*1\.14\.0 True/);
    // A step adds to it, and replaces what it names.
    project.notebook('nb.ipynb', [['step:a', WHERE], ['step:b pip:toml', `import toml\n${WHERE}`], ['step:c pip:six==1.15.0', WHERE]]);
    expect((await project.headwater('run', 'nb.ipynb')).stdout.match(/1\.1\d\.0 True/g)).toEqual(['1.14.0 True', '1.14.0 True', '1.15.0 True']);
  });
});

describe('the same again', () => {
  it('rerun builds what the run had from its record, whatever the index says by then', async () => {
    const project = makeUnchosen('again');
    project.notebook('nb.ipynb', [['step:a', WHERE], ['step:b pip:six==1.16.0', WHERE]]);
    project.write('requirements.txt', 'six<1.16\n');
    await project.run('nb.ipynb');
    project.write('requirements.txt', 'six==1.14.0\n');
    rmSync(path.join(CACHES, 'again'), { recursive: true });
    expect((await project.headwater('rerun', 'nb/1')).stdout.match(/1\.1\d\.0 True/g)).toEqual(['1.15.0 True', '1.16.0 True']);
    expect(record(project, 2).environments).toEqual(record(project).environments);
    // Gone on with, it is today's that counts.
    expect((await project.headwater('resume', 'nb/1', '--from', 'a')).stdout.match(/1\.1\d\.0 True/g)).toEqual(['1.14.0 True', '1.16.0 True']);
  });
});

const hasConda = findConda(process.env) !== null;
const tool = process.env['HEADWATER_TEST_IMAGE'] === undefined ? null : await findContainers(process.env);

describe('environments of others', () => {
  it.skipIf(!hasConda)(`conda: runs in it and notes what it has${hasConda ? '' : ' (skipped: there is no conda, mamba or micromamba here)'}`, async () => {
    const project = makeProject();
    project.notebook('nb.ipynb', [['step:a conda:base', 'import sys\nwhere = sys.prefix'], ['step:b', 'import sys\nprint(where != sys.prefix)']]);
    expect((await project.headwater('run', 'nb.ipynb')).stdout).toContain('True\n✓ b');
    expect(Object.keys(record(project).environments[0]!.packages)).toContain('python');
    expect((await project.headwater('rerun', 'nb/1')).code).toBe(0);
  });

  it.skipIf(tool === null)(`image: runs in a container that sees the project and the store${tool === null ? ' (skipped: HEADWATER_TEST_IMAGE names no image with Python, or neither docker nor podman works)' : ''}`, async () => {
    const project = makeProject();
    project.notebook('nb.ipynb', [
      [`step:a image:${process.env['HEADWATER_TEST_IMAGE'] ?? ''}`, 'import os\nhost = os.uname().nodename\nopen("out.txt", "w").write("made there")'], ['step:b', 'import os\nprint(host != os.uname().nodename, open("out.txt").read())'],
    ]);
    expect((await project.headwater('run', 'nb.ipynb')).stdout).toContain('True made there\n✓ b');
    expect((await project.headwater('rerun', 'nb/1')).code).toBe(0);
  });
});

describe('what cannot be had is said before anything runs', () => {
  const refused = async (cells: readonly CellLiteral[], prepare: (project: Project) => void = () => undefined) => {
    const project = makeProject();
    project.notebook('nb.ipynb', cells);
    prepare(project);
    const { code, stdout, stderr } = await project.headwater('run', 'nb.ipynb');
    expect(code).toBeGreaterThan(0);
    expect(stdout).toBe('');
    expect(existsSync(project.path('.headwater/flows/nb/runs/00000001'))).toBe(false);
    return stderr;
  };
  const withPath = (names: readonly string[]) => (project: Project) => {
    mkdirSync(project.path('bin'));
    for (const name of names) symlinkSync(name === 'node' ? process.execPath : PYTHON, project.path('bin', name));
    project.env['PATH'] = project.path('bin');
    project.env['VIRTUAL_ENV'] = undefined;
    project.env['HOME'] = project.folder;
  };

  it.each([
    ['no such version', 'pip:six==99', /^✗ The environment of s \(pip:six==99\) cannot be made: Because there is no version of six==99 .*unsatisfiable\.\n$/],
    ['a clash', 'pip:flask==3.0.0 pip:werkzeug<2', /^✗ The environment of s \(pip:flask==3\.0\.0 pip:werkzeug<2\) cannot be made: Because flask==3\.0\.0 depends on werkzeug>=3\.0\.0.*unsatisfiable\.\n$/],
    ['no requirement', 'pip:=1', /The tag `pip:=1` wants a requirement, such as `pip:pandas==2\.2\.3`\./],
    ['two kinds', 'pip:six conda:science', /Step `s` asks for several environments: `pip` and `conda`\./],
  ])('%s', async (_, tags, sentence) => {
    expect(await refused([[`step:s ${tags}`, 'x = 1']])).toMatch(sentence);
  });

  it('a package without a wheel that may not be built, and no network', async () => {
    expect(await refused([['', '# /// script\n# dependencies = ["docopt==0.6.2"]\n# [tool.uv]\n# no-build = true\n# ///'], ['step:s', 'x = 1']]))
      .toMatch(/^✗ The environment of the run \(script metadata\) cannot be made: Because docopt==0\.6\.2 has no usable wheels and you require docopt==0\.6\.2.*unsatisfiable\.\n$/);
    expect(await refused([['step:s pip:six', 'x = 1']], (project) => Object.assign(project.env, { XDG_CACHE_HOME: project.path('cache'), UV_DEFAULT_INDEX: 'http://127.0.0.1:9/simple', UV_HTTP_RETRIES: '0', UV_NO_CACHE: '1' })))
      .toMatch(/^✗ The environment of s \(pip:six\) cannot be made: .*127\.0\.0\.1:9.*\n {2}The package index cannot be reached; environments that were built before need none\.\n$/);
  });

  it('no uv, no conda, no containers', async () => {
    expect(await refused([['step:s pip:six', 'x = 1']], withPath(['node', 'python3']))).toBe('✗ Step `s` (pip:six) asks for packages; uv builds such an environment, and there is none on the path.\n  Install it: pip install uv\n');
    expect(await refused([['step:s conda:science', 'x = 1']], withPath(['node', 'python3']))).toBe('✗ s asks for the conda environment science, and there is no conda, mamba or micromamba on the path.\n  Install one of them, or name packages instead: `pip:NAME`.\n');
    expect(await refused([['step:s image:python:3.12-slim', 'x = 1']], withPath(['node', 'python3']))).toBe('✗ s asks for the image python:3.12-slim, and neither docker nor podman works here.\n  Start one of them, or name packages instead: `pip:NAME`.\n');
  });

  it('script metadata that says nothing clear', async () => {
    expect(await refused([['', '# /// script\n# dependencies = [\n# ///'], ['step:s', 'x = 1']])).toContain('The script metadata is no TOML: ');
    expect(await refused([['', '# /// script\n# requires-python = "==3.4.*"\n# ///'], ['step:s', 'x = 1']])).toMatch(/The environment of the run needs Python ==3\.4\.\*; this is 3\.\d+\.\d+, and uv finds no other\./);
  });
});

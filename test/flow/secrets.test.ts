// Variables and secrets of a step: what a cell finds, and that a secret's value is nowhere afterwards.

import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { CellLiteral } from '../helpers/notebook.ts';
import { Project } from '../helpers/project.ts';

const CANARY = 'canary-7f3a"ü\\5';

const CELLS: readonly CellLiteral[] = [
  ['setup', 'import os, sys, subprocess'],
  ['step:take secret:API_KEY env:SPEED=fast', [
    'key = os.environ["API_KEY"]',
    'url = f"https://ada:{key}@host/{key}"',
    'raw = b"\\x00" + key.encode() + b"\\xff"',
    'class Client:',
    '    def __init__(self, key): self.key, self.headers = key, {"Authorization": "Bearer " + key}',
    '    def __repr__(self): return f"Client({self.key})"',
    'client = Client(key)',
    'def call(): return url',
    'more = bytearray(key.encode() * 1000)',
    'os.environ["COPY"] = key',
    'print(key, os.environ["SPEED"], len(key))',
    'print(repr(key), file=sys.stderr)',
    'subprocess.run(["sh", "-c", r"""printf "%s\n%s" "$API_KEY" "$API_KEY" """], check=True)',
    'client',
  ].join('\n')],
  ['step:each foreach:item=items', 'print(item)'],
  ['step:use secret:API_KEY', 'key = os.environ["API_KEY"]\nprint(url == f"https://ada:{key}@host/{key}", raw[1:-1].decode() == key, client.key == key, call() == url, os.environ["COPY"] == key, "SPEED" in os.environ)'],
  ['step:fail', 'def deep(value):\n    raise ValueError(f"no {value}")\ndeep(key)'],
];

const SPLIT: CellLiteral = ['setup', 'items = [os.environ["API_KEY"] + "!"]'];
const JOIN: CellLiteral = ['step:all join', '1'];

/** Whether any file under the folder holds the text as it is, as JSON writes it, or in the two bytes of UTF-16. */
function grep(folder: string): string {
  const forms = [CANARY, 'canary-7f3a'];
  return forms.map((form) => spawnSync('grep', ['-raF', form, folder], { encoding: 'utf8' }).stdout).join('');
}

describe('secrets', () => {
  it('reach their step, values that hold them reach later steps, and nothing written holds them', async () => {
    const project = new Project();
    project.env['API_KEY'] = CANARY;
    project.notebook('nb.ipynb', [CELLS[0] ?? SPLIT, CELLS[1] ?? SPLIT, SPLIT, CELLS[2] ?? SPLIT, JOIN, ...CELLS.slice(3)]);
    const { events, ended } = await project.run('nb.ipynb');
    expect(events.at(-1)).toMatchObject({ status: 'failed' });
    expect(grep(project.path('.headwater'))).toBe('');
    expect(ended.stdout + ended.stderr).not.toContain('canary-7f3a');
    expect((await project.headwater('logs', 'nb/1/take')).stdout).toBe("[API_KEY] fast 15\n'[API_KEY]'\n[API_KEY]\n[API_KEY]Client([API_KEY])\n");
    expect((await project.headwater('logs', 'nb/1/use')).stdout).toBe('True True True True True False\n');
    expect((await project.headwater('show', 'nb/1')).stdout).toContain('ValueError: no [API_KEY]');
    expect((await project.headwater('logs', 'nb/1/each')).stdout).toContain('[API_KEY]!');
    expect((await project.headwater('artifacts', 'nb/1/take')).stdout).not.toContain('canary');
  });

  it('come back where they are set, and are missed by name where they are not', async () => {
    const project = new Project();
    project.env['API_KEY'] = CANARY;
    project.notebook('nb.ipynb', CELLS.slice(0, 2));
    await project.run('nb.ipynb');
    expect(await project.python('import headwater\nprint(headwater.load("nb/1/take/url").startswith("https://ada:canary"))')).toBe('True\n');
    delete project.env['API_KEY'];
    expect(await project.python('import headwater\ntry: headwater.load("nb/1/take/url")\nexcept Exception as e: print(e)')).toContain('it holds the secret API_KEY, which is not set here: export API_KEY first');
    expect(await project.python('import headwater\ntry: headwater.load("nb/1/take/more")\nexcept Exception as e: print(e)')).toContain('it holds the secret API_KEY in a form that cannot be told apart');
    expect((await project.headwater('run', 'nb.ipynb')).stderr).toBe('✗ Step `take` needs the secret API_KEY, and there is no such variable in the environment.\n  Set it where the run is started: export API_KEY=…\n');
  });

  it('are refused where they could not be kept', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', [['parameters', 'token = ""'], ['step:a secret:API_KEY', 'token']]);
    project.env['API_KEY'] = 'abc';
    expect((await project.headwater('run', 'nb.ipynb')).stderr).toContain('✗ The secret API_KEY of step `a` has fewer than 6 characters: it cannot be told from ordinary text.\n');
    project.env['API_KEY'] = 'abcdefgh';
    expect((await project.headwater('run', 'nb.ipynb', '-p', 'token=abcdefgh')).stderr).toContain('✗ The parameter `token` was given the value of the secret API_KEY: parameters are kept with the run.\n');
  });
});

describe('env', () => {
  it('is a part of what a step is: another value runs it again', async () => {
    const project = new Project();
    const cells = (mode: string): CellLiteral[] => [['step:a', 'x = 1'], [`step:b env:SPEED=${mode}`, 'import os\nprint(os.environ["SPEED"])']];
    project.notebook('nb.ipynb', cells('slow'));
    await project.run('nb.ipynb');
    project.notebook('nb.ipynb', cells('fast'));
    expect((await project.headwater('resume', 'nb/1')).stdout).toMatch(/↻ a {2}reused\nfast\n✓ b/);
  });
});

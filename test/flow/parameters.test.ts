// Parameters from the command line, files and the environment; sweeps; what a step may ask about itself.

import { describe, expect, it } from 'vitest';
import type { CellLiteral } from '../helpers/notebook.ts';
import { Project } from '../helpers/project.ts';

const CELLS: readonly CellLiteral[] = [
  ['parameters', 'rate = 0.5\nname: str = "a"\nmust: int'], ['setup', 'import headwater'],
  ['step:fit', 'headwater.current.metrics(loss=abs(rate - 0.1) + must)\nprint(rate, repr(name), must)'],
];

describe('parameters', () => {
  it('come from values, files and the environment, the nearest first', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', CELLS);
    project.write('name.txt', 'from a file\n');
    project.write('all.json', '{"rate": 0.25, "must": 3}');
    project.env['HEADWATER_PARAM_must'] = '4';
    project.env['RATE'] = '0.75';
    const shown = async (...args: string[]) => (await project.headwater('run', 'nb.ipynb', ...args)).stdout.split('\n')[2];
    expect(await shown('-p', 'name=@name.txt')).toBe("0.5 'from a file' 4");
    expect(await shown('--params', 'all.json', '-p', 'rate=@env:RATE', '-p', 'name=@@x')).toBe("0.75 '@x' 3");
    expect((await project.headwater('runs', '--json', '--limit', '1')).stdout).toContain('"parameters":{"must":"3","rate":"0.75","name":"@x"}');
  });

  it('may be dates and paths, made as the notebook makes them', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', [
      ['parameters', 'import datetime as dt\nfrom pathlib import Path\nday = dt.date(2026, 1, 1)\nfile: Path = Path("a.csv")\nother: "dt.date | None" = None'],
      ['step:a', 'print(repr(day + dt.timedelta(days=1)), file.suffix, other)'],
    ]);
    const shown = async (...args: string[]) => (await project.headwater('run', 'nb.ipynb', ...args)).stdout.split('\n')[2];
    expect(await shown('-p', 'day=2026-02-28', '-p', 'file=data/b.json', '-p', 'other=2026-03-31')).toBe('datetime.date(2026, 3, 1) .json 2026-03-31');
    expect((await project.headwater('run', 'nb.ipynb', '-p', 'day=2026-02-30')).stderr).toBe('✗ `day` wants a date such as 2026-03-31, `2026-02-30` is none.\n');
  });

  it('that are paths are inputs: another content runs again what read it, and nothing else', async () => {
    const project = new Project();
    project.write('a.csv', '1');
    project.notebook('nb.ipynb', [['parameters', 'from pathlib import Path\nfile: Path'], ['step:read', 'text = file.read_text()'], ['step:other', 'y = 1']]);
    await project.headwater('run', 'nb.ipynb', '-p', 'file=a.csv');
    expect((await project.headwater('resume', 'nb/1')).stdout).toContain('↻ read  reused');
    project.write('a.csv', '2');
    const { stdout } = await project.headwater('resume', 'nb/1');
    expect([stdout.includes('✓ read'), stdout.includes('↻ other  reused')]).toEqual([true, true]);
    expect(await project.python('import headwater\nprint(headwater.Run("nb/3").data.text)')).toBe('2\n');
  });

  it.each([
    [[], 'nb.ipynb needs `must`, a value of type int: it has no default.\n  Give it: -p must=VALUE'],
    [['-p', 'must=@no.txt'], '`-p must=@no.txt`: the file no.txt is not there.'],
    [['-p', 'must=@env:NO_SUCH'], '`-p must=@env:NO_SUCH`: there is no environment variable NO_SUCH.'],
    [['--params', 'nb.ipynb', '-p', 'must=1'], 'nb.ipynb has no parameter `cells`.\n  It has rate, name, must.'],
  ])('refuse %j', async (args, sentence) => {
    const project = new Project();
    project.notebook('nb.ipynb', CELLS);
    const { code, stderr } = await project.headwater('run', 'nb.ipynb', ...args);
    expect([code, stderr]).toEqual([2, `✗ ${sentence}\n`]);
  });

  it('are swept: a run for each combination, one table, the best first', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', CELLS);
    const { stdout, code } = await project.headwater('run', 'nb.ipynb', '--sweep', '-p', 'rate=0.5,0.1', '-p', 'must=1,2', '-p', 'name=b');
    expect([code, stdout.split('\n').slice(5, 10).map((line) => line.replaceAll(/ +/g, ' '))]).toEqual([0, [
      ' Run rate must name loss', '✓ nb/3 0.1 1 b 1', '✓ nb/1 0.5 1 b 1.4', '✓ nb/4 0.1 2 b 2', '✓ nb/2 0.5 2 b 2.4',
    ]]);
  });
});

describe('headwater.current', () => {
  it('has what was given, of the type the parameter has', async () => {
    const project = new Project();
    const parameters = ['import datetime as dt, math', 'from pathlib import Path', 'off = True', 'n: int', 'x = 1.5', 'word = "a"', 'xs = (1,)', 'day = dt.date(2026, 1, 1)', 'file: Path = Path("a.csv")', 'must: dict', 'kept = 1'];
    project.notebook('nb.ipynb', [['setup', 'import headwater'], ['parameters', parameters.join('\n')], ['step:a', 'given = headwater.current.parameters\nprint(given == {name: globals()[name] for name in given}, [type(each).__name__ for each in given.values()])\nprint(given)']]);
    const given = ['off=false', 'n=3', 'x=inf', 'word=3', 'xs=[2]', 'day=2026-02-28', 'file=b.csv', 'must={"a": null}'].flatMap((each) => ['-p', each]);
    expect((await project.headwater('run', 'nb.ipynb', ...given)).stdout.split('\n').slice(2, 4)).toEqual([
      "True ['bool', 'int', 'float', 'str', 'tuple', 'date', 'PosixPath', 'dict']",
      "{'off': False, 'n': 3, 'x': inf, 'word': '3', 'xs': (2,), 'day': datetime.date(2026, 2, 28), 'file': PosixPath('b.csv'), 'must': {'a': None}}",
    ]);
  });

  it('says where a task stands, in every process the same object', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', [
      ['setup', 'import headwater\nfrom headwater import current as now'],
      ['step:load', 'xs = ["a", "b"]'],
      ['step:each foreach:x=xs retry:1', 'now.metrics(size=len(xs) + now.index)\nif now.attempt == 0 and x == "b": raise ValueError(x)\nseen = (now.task, now.index, now.indices, now.attempt, now.run)'],
      ['step:all join:every=seen', 'print(every, now is headwater.current, now.index)'],
    ]);
    const { stdout } = await project.headwater('run', 'nb.ipynb');
    expect(stdout).toContain("[('each[0]', 0, (0,), 0, 'nb/1'), ('each[1]', 1, (1,), 1, 'nb/1')] True None\n");
    expect(await project.python('import headwater\nprint([t.metrics for t in headwater.Run("nb/1")["each"]], headwater.current)')).toBe("[{'size': 2.0}, {'size': 3.0}] <current: no run>\n");
  });
});

// Long tasks: how far they are, where they go on, and who is told that a run has ended.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { Project } from '../helpers/project.ts';

const TRAIN = [
  'import headwater, os', 'saved = headwater.current.checkpoint',
  'done, total = saved.load((0, 0))', 'print("from", done)',
  'while done < 5:', '    done, total = done + 1, total + done * factor', '    saved.save((done, total))',
  '    if done == 3 and not os.path.exists("mended"): FAIL',
].join('\n');

describe('progress', () => {
  it('is told while the cells run, and not more often than anybody can see', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', [['step:a', 'import headwater\nfor i in range(1, 10001): headwater.current.progress(i, 10000)']]);
    const { events } = await project.run('nb.ipynb');
    const told = events.filter(({ type }) => type === 'task-progress').map(({ done, total }) => [done, total]);
    expect(told.length).toBeLessThan(20);
    expect(told.at(-1)).toEqual([10000, 10000]);
  });
});

describe('a checkpoint', () => {
  it.each([['raise ValueError("no")', 'ValueError'], ['os._exit(1)', 'Died']])('survives a try that ends with %s', async (fail) => {
    const project = new Project();
    project.notebook('nb.ipynb', [['parameters', 'factor = 1'], ['step:train retry:1', TRAIN.replace('FAIL', fail).replace('not os.path.exists("mended")', 'headwater.current.attempt == 0')], ['step:use', 'print("total", total)']]);
    expect((await project.run('nb.ipynb')).status).toBe('done');
    expect((await project.headwater('logs', 'nb/1/train')).stdout).toBe('from 3\n');
    expect((await project.headwater('logs', 'nb/1/use')).stdout).toBe('total 10\n');
  });

  it('survives into the run that goes on, and is none for other inputs', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', [['parameters', 'factor = 1'], ['step:train', TRAIN.replace('FAIL', '1 / 0')]]);
    expect((await project.run('nb.ipynb')).status).toBe('failed');
    expect((await project.headwater('resume', 'nb/1')).stdout).toContain('from 3\n');
    project.write('mended', '');
    expect((await project.headwater('resume', 'nb/2', '-p', 'factor=2')).stdout).toContain('from 0\n');
    expect((await project.headwater('gc')).code).toBe(0);
    expect((await project.headwater('verify')).code).toBe(0);
  });

  it('holds no secret, and nothing outside of a run', async () => {
    const project = new Project();
    project.env['API_KEY'] = 'canary-12345';
    project.notebook('nb.ipynb', [['step:a secret:API_KEY', 'import headwater, os\nheadwater.current.checkpoint.save(os.environ["API_KEY"])']]);
    expect((await project.headwater('run', 'nb.ipynb')).stdout).toContain('PicklingError: a checkpoint cannot hold the secret API_KEY: read it from the environment again');
    expect(await project.python('import headwater\nheadwater.current.checkpoint.save(1)\nprint(headwater.current.checkpoint.load("nothing"))')).toBe('nothing\n');
  });
});

describe('notify', () => {
  it('sends how a run ended, with the end of its log, and never keeps it from ending', async () => {
    const got: Record<string, unknown>[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk)).on('end', () => {
        got.push(JSON.parse(body) as Record<string, unknown>);
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const project = new Project();
    project.env['HOOK'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    project.write('headwater.json', '{"notify": {"webhook": "@env:HOOK"}}');
    project.notebook('good.ipynb', [['step:a', 'x = 1']]);
    project.notebook('bad.ipynb', [['step:a', 'print("almost")\n1 / 0']]);
    await project.run('good.ipynb');
    await project.run('bad.ipynb');
    for (let left = 100; left > 0 && got.length === 0; left -= 1) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(got).toHaveLength(1);
    expect(got[0]).toMatchObject({ run: 'bad/1', status: 'failed', failed: 'a', log: 'almost\nZeroDivisionError: division by zero\n' });
    expect(String(got[0]?.['text'])).toMatch(/^bad\/1 failed after \d\.\d s: a: ZeroDivisionError: division by zero$/);
    server.close();
    project.write('headwater.json', '{"notify": {"webhook": "http://127.0.0.1:9/", "when": "always"}}');
    expect((await project.run('good.ipynb')).status).toBe('done');
    project.write('headwater.json', '{"notify": {"webhook": 3}}');
    expect((await project.headwater('run', 'good.ipynb')).stderr).toContain('headwater.json: notify.webhook: ');
  });
});

describe('two runs in Python', () => {
  it('are compared', async () => {
    const project = new Project();
    const cells = (last: string): [string, string][] => [['parameters', 'n = 1'], ['step:a', 'import headwater\nx = n * 2\nheadwater.current.metrics(x=x)'], ['step:b', last]];
    project.notebook('nb.ipynb', cells('y = x'));
    await project.run('nb.ipynb');
    project.notebook('nb.ipynb', cells('y = x + 1'));
    await project.run('nb.ipynb', '-p', 'n=4');
    expect(await project.python('import headwater\nd = headwater.Run("nb/1").diff("nb/2")\nprint(d.parameters, d.metrics, sorted(d.artifacts), sorted(d.code), bool(d), bool(headwater.Run("nb/1").diff(headwater.Run("nb/1"))))')).toBe("{'n': (None, 4)} {'x': (2.0, 8.0)} ['n', 'x', 'y'] ['b'] True False\n");
  });
});

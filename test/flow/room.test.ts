// What steps ask for and take: memory as a limit, more than there is, and what a run says it took.

import { describe, expect, it } from 'vitest';
import { Project } from '../helpers/project.ts';

const EAT = 'import time\neaten = bytearray(300_000_000)\ntime.sleep(60)';

async function refusal(...tags: string[]): Promise<string> {
  const project = new Project();
  project.notebook('nb.ipynb', [[`step:train ${tags.join(' ')}`, 'x = 1']]);
  const ended = await project.headwater('run', 'nb.ipynb');
  expect(ended.code).toBe(2);
  return ended.stderr.replaceAll(/(this machine has|has) \d+(\.\d+)?( GB)?/g, 'this machine has SO MUCH').replace(/[\d.]+ [GTM]B are free/, 'SO MUCH are free');
}

describe('more than there is', () => {
  it.each([
    ['memory:1000G', 'Step `train` asks for 1.0 TB of memory; this machine has SO MUCH.'],
    ['cpu:5000', 'Step `train` asks for 5000 cores; this machine has SO MUCH.'],
    ['gpu:64', 'Step `train` asks for 64 GPUs; this machine has none.'],
    ['disk:1000T', 'Step `train` asks for 1000 TB of disk; SO MUCH are free at PROJECT.'],
  ])('%s', async (tag, sentence) => {
    expect((await refusal(tag)).split('\n')[0]).toBe(`✗ ${sentence}`);
  });
});

describe('memory', () => {
  it('is a limit: a step that outgrows it is ended, tried again with more, and its failure can be caught', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', [
      ['step:eat memory:100M retry:2:oom catch:failed', EAT],
      ['step:after', 'print(failed.type, failed.message)'],
    ]);
    const { events, status } = await project.run('nb.ipynb');
    expect(status).toBe('done');
    expect(events.filter(({ type }) => type === 'task-died').map((each) => (each['report'] as { sentence: string }).sentence.replace(/used [\d.]+/, 'used SO MUCH'))).toEqual([
      'it was ended: it used SO MUCH GB of memory, and its tags allow 0.1 GB', 'it was ended: it used SO MUCH GB of memory, and its tags allow 0.15 GB', 'it was ended: it used SO MUCH GB of memory, and its tags allow 0.23 GB',
    ]);
    expect((await project.headwater('logs', 'nb/1/after')).stdout).toMatch(/^Died it was ended: it used/);
  });

  it('counts a child process, and an exception that says there was too little', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', [
      ['step:child memory:100M catch:failed', `import subprocess, sys\nsubprocess.run([sys.executable, "-c", ${JSON.stringify(EAT)}])`],
      ['step:raise retry:1:oom', 'import headwater, os\nif headwater.current.attempt == 0: raise MemoryError("too much")\nprint("second")'],
    ]);
    expect((await project.run('nb.ipynb')).status).toBe('done');
    expect((await project.headwater('logs', 'nb/1/raise')).stdout).toBe('second\n');
    expect((await project.headwater('show', 'nb/1')).stdout).toMatch(/⚠ +child +Caught/);
  });
});

describe('what a run took', () => {
  // A value of 4.1 GiB had needed 11 GB: in the pickle, in the header made of it, and in what was compared.
  it('is not needed a second time to store a large bytes or str', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', [['step:make', 'data = b"x" * 400_000_000\nsome = [1, data[:200_000_000]]'], ['step:text', 'word = "ä" * 100_000_000'], ['step:look', 'print(len(data), data[-1:], len(some[1]), len(word), word[-1])']]);
    expect((await project.run('nb.ipynb')).status).toBe('done');
    expect((await project.headwater('logs', 'nb/1')).stdout).toBe("400000000 b'x' 200000000 100000000 ä\n");
    const { sums } = JSON.parse((await project.headwater('show', 'nb/1', '--json')).stdout) as { sums: { name: string; peakBytes: number }[] };
    const peak = (name: string) => sums.find((each) => each.name === name)?.peakBytes ?? Infinity;
    expect(peak('make')).toBeLessThan(700e6);
    expect(peak('text')).toBeLessThan(550e6);
  });

  it('is shown beside what was asked for', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', [
      ['step:a memory:1500M', 'x = sum(i * i for i in range(1_000_000))'],
      ['step:b', 'x\nimport subprocess\nsubprocess.run(["true"])'],
    ]);
    await project.run('nb.ipynb');
    const { stdout } = await project.headwater('show', 'nb/1');
    expect(stdout).toContain('Took   Waited  CPU    Overhead  Peak memory');
    expect(stdout).toMatch(/a +Done +\d\.\d s +\d\.\d s +\d\.\d s +\d+ ms +\d+\.\d MB of 1\.5 GB/);
    const { sums } = JSON.parse((await project.headwater('show', 'nb/1', '--json')).stdout) as { sums: { name: string; cpuMs: number; waitedMs: number }[] };
    expect(sums.find(({ name }) => name === 'a')?.cpuMs).toBeGreaterThan(1);
    expect(sums.every(({ waitedMs }) => waitedMs >= 0)).toBe(true);
  });
});

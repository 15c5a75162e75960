// Results of earlier runs: cached steps, other people's, another environment's; one step alone; again on save.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { CellLiteral } from '../helpers/notebook.ts';
import { Project } from '../helpers/project.ts';

const CELLS: readonly CellLiteral[] = [
  ['parameters', 'n = 2'],
  ['step:load', 'rows = list(range(n))'],
  ['step:slow cache', 'total = sum(rows)\nprint("slow")'],
  ['step:use', 'print("use", total)'],
];

const lines = (text: string) => text.split('\n').filter((line) => /^[↻✓] \w+ /.test(line)).map((line) => line.replace(/ {2}.*/, ''));

/** What a run ran with is written when nobody waits for it any more. */
async function environmentOf(project: Project, run: number): Promise<string> {
  const file = project.path(`.headwater/flows/nb/runs/0000000${run}/environment.json`);
  for (let left = 200; left > 0 && !existsSync(file); left -= 1) await sleep(50);
  return file;
}

describe('resume', () => {
  it('says what has changed in the environment; --strict reuses nothing of the old one', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', CELLS);
    await project.run('nb.ipynb');
    const file = await environmentOf(project, 1);
    const before = JSON.parse(readFileSync(file, 'utf8')) as { python: string; packages: Record<string, string> };
    expect((await project.headwater('resume', 'nb/1')).stdout).not.toContain('Since');
    const { numpy = '', ...others } = before.packages;
    writeFileSync(file, JSON.stringify({ ...before, python: '3.8.1', packages: { ...others, gone: '1.0' } }));
    const said = `Since nb/1: python 3.8.1 → ${before.python}, gone 1.0 is gone, numpy ${numpy} is new\n`;
    const resumed = (await project.headwater('resume', 'nb/1')).stdout;
    expect(lines(resumed)).toEqual(['↻ load', '↻ slow', '↻ use']);
    expect(resumed).toContain(`${said}  What was reused was made with the old ones; \`--strict\` runs it again.\n`);
    await environmentOf(project, 3);
    expect((await project.headwater('show', 'nb/3')).stdout).toContain(`  ${said}`);
    project.notebook('nb.ipynb', CELLS.map(([tags, source]): CellLiteral => [tags.replace(' cache', ''), source]));
    const strict = (await project.headwater('resume', 'nb/1', '--strict')).stdout;
    expect(lines(strict)).toEqual(['✓ load', '✓ slow', '✓ use']);
    expect(strict).toContain(`${said}  Nothing that the old environment made was reused.\n`);
  });
});

describe('cache', () => {
  it('takes the result of any earlier run of the same code, inputs and environment, and no other', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', CELLS);
    await project.run('nb.ipynb');
    await environmentOf(project, 1);
    expect(lines((await project.headwater('run', 'nb.ipynb')).stdout)).toEqual(['✓ load', '↻ slow', '✓ use']);
    expect(lines((await project.headwater('run', 'nb.ipynb', '-p', 'n=5')).stdout)).toEqual(['✓ load', '✓ slow', '✓ use']);
    expect((await project.headwater('run', 'nb.ipynb', '-p', 'n=2')).stdout).toMatch(/slow\n↻ slow.*\nuse 1\n/);
    for (const run of [1, 2, 3, 4]) {
      const file = await environmentOf(project, run);
      writeFileSync(file, readFileSync(file, 'utf8').replace('"numpy": "', '"numpy": "0.'));
    }
    expect(lines((await project.headwater('run', 'nb.ipynb')).stdout)).toEqual(['✓ load', '✓ slow', '✓ use']);
    await environmentOf(project, 5);
    expect(lines((await project.headwater('resume', 'nb/1')).stdout)).toEqual(['↻ load', '↻ slow', '↻ use']);
    expect(lines((await project.headwater('resume', 'nb/1', '--strict')).stdout)).toEqual(['✓ load', '↻ slow', '✓ use']);
  });

  it('is another person\'s only where the settings trust them', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', CELLS);
    await project.run('nb.ipynb');
    for (const file of ['runs/00000001/run.json', 'summaries/99999998.json']) {
      const place = project.path('.headwater/flows/nb', file);
      writeFileSync(place, readFileSync(place, 'utf8').replace(/"by":"[^"]*"/, '"by":"eva"'));
    }
    expect(lines((await project.headwater('run', 'nb.ipynb')).stdout)).toEqual(['✓ load', '✓ slow', '✓ use']);
    expect((await project.headwater('resume', 'nb/1')).stderr).toBe('✗ nb/1 is a run of eva: to go on from it loads values that eva made.\n  If you trust eva, say so in headwater.json: {"trust": ["eva"]}\n');
    project.write('headwater.json', '{"trust": ["eva"]}');
    expect(lines((await project.headwater('resume', 'nb/1')).stdout)).toEqual(['↻ load', '↻ slow', '↻ use']);
  });
});

describe('one step alone', () => {
  it('runs on the results of the latest good run, whatever has changed above it since', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', CELLS);
    expect((await project.headwater('run', 'nb.ipynb', '--only', 'use')).stderr).toBe('✗ Step `use` alone would run on the results of the latest good run of nb, and there is none.\n  Run the whole flow once, or `--to` the step.\n');
    await project.run('nb.ipynb');
    project.notebook('nb.ipynb', [['parameters', 'n = 7'], ['step:load', 'rows = []\nprint("other")'], ['step:slow', '1 / 0'], ['step:use', 'print("use once more", total)'], ['step:below', 'print("below")']]);
    const { stdout, stderr } = await project.headwater('run', 'nb.ipynb', '--only', 'use');
    expect(stderr).not.toContain('✗');
    expect(lines(stdout)).toEqual(['↻ load', '↻ slow', '✓ use']);
    expect(stdout).toContain('use once more 1\n');
    expect(stdout).not.toContain('below');
    expect((await project.headwater('run', 'nb.ipynb', '--only', 'nothing')).stderr).toBe('✗ nb.ipynb has no step `nothing`.\n  It has load, slow, use, below.\n');
  });
});

describe('run --watch', () => {
  it('runs what a save makes stale, survives a broken notebook, and ends with Ctrl-C', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', [['step:a', 'x = 1\nprint("a", x)'], ['step:b', 'print("b", x)']]);
    const child = project.start(['run', 'nb.ipynb', '--watch']);
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    const until = async (wanted: RegExp) => {
      for (let left = 200; left > 0 && !wanted.test(text); left -= 1) await sleep(50);
      expect(text).toMatch(wanted);
    };
    await until(/b 1\n.*\n.*\nWaiting for nb\.ipynb to be saved/);
    project.notebook('nb.ipynb', [['step:a', 'x = 1\nprint("a", x)'], ['step:b', 'print("b now", x)']]);
    await until(/↻ a.*\nb now 1\n(.*\n){2}Waiting/);
    project.notebook('nb.ipynb', [['step:a', 'x = = 1'], ['step:b', 'print("b now", x)']]);
    await until(/nb\/2 done\nWaiting.*\nWaiting/);
    project.notebook('nb.ipynb', [['step:a', 'x = 2'], ['step:b', 'print("b now", x)']]);
    await until(/b now 2\n(.*\n){2}Waiting/);
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  });
});

// Many runs at once on one store: every one gets a number of its own, and nothing of any is lost.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Project } from '../helpers/project.ts';

/** All at once in the heavy suite; as many as a machine at work carries in the quick one. */
const RUNS = process.env['HEADWATER_HEAVY'] === '1' ? 50 : 8;
/** They start together and share two cores. */
const PATIENCE_MS = RUNS * 10_000;

describe(`${RUNS} runs at once on one store`, () => {
  it('have numbers of their own, all end well, and each keeps its own values', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', [
      ['parameters', 'which = 0'],
      ['step:make', 'items = [which] * 3\nsame = "the same in every run" * 1000'],
      ['step:each foreach:item=items', 'double = item * 2'],
      ['step:sum join:doubles=double', 'total = sum(doubles)'],
    ]);
    const given = Array.from({ length: RUNS }, (_, at) => at);
    const ended = await Promise.all(given.map(async (which) => project.run('nb.ipynb', '-p', `which=${which}`)));
    expect(ended.map(({ status, ended: { code, stderr } }) => [status, code, stderr])).toEqual(given.map(() => ['done', 0, '']));
    const numbers = ended.map(({ events }) => Number(String(events.at(-1)?.['run']).replace('nb/', '')));
    expect([...numbers].sort((a, b) => a - b)).toEqual(given.map((at) => at + 1));
    // What a run's log says is what its client gets, and what the store has of it is whole.
    const code = `import headwater\nfor n in ${JSON.stringify(numbers)}:\n    data = headwater.Run(f"nb/{n}").data\n    print(data.which, data.total, len(data.same))`;
    expect((await project.python(code)).trim().split('\n')).toEqual(given.map((which) => `${which} ${which * 6} 21000`));
    for (const number of numbers) {
      const log = readFileSync(project.path('.headwater/flows/nb/runs', String(number).padStart(8, '0'), 'events.jsonl'), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as { n: number });
      expect(log.map(({ n }) => n)).toEqual(log.map((_, at) => at));
    }
    expect(readdirSync(project.path('.headwater/flows/nb/summaries'))).toHaveLength(RUNS);
    expect((await project.headwater('runs', 'nb', '--limit', '100')).stdout.split('\n').filter((line) => line.includes('✓'))).toHaveLength(RUNS);
    expect((await project.headwater('verify')).code).toBe(0);
    expect((await project.headwater('gc')).stdout).toMatch(/^Deleted 0 blobs/);
  }, PATIENCE_MS);
});

// The run process dies at any moment; `resume` gives the undisturbed result and does nothing twice that had been committed.

import { describe, expect, it } from 'vitest';
import type { CellLiteral } from '../helpers/notebook.ts';
import { killAt } from '../helpers/kill-at.ts';
import { Project } from '../helpers/project.ts';

/**
 * Ten steps: a chain with branches, an alias, a class, a generator that cannot be stored, and a line
 * in a file for every step that ran (but the generator's: what wrote outside is never made again). */
const CELLS: readonly CellLiteral[] = [
  ['setup', 'import random\nrandom.seed(5)\ndef note(name):\n    with open("done.txt", "a") as file:\n        file.write(name + "\\n")'],
  ['step:one', 'rows = [random.random() for _ in range(3)]\nnote("one")'],
  ['step:two', 'alias = rows\nclass Box:\n    def __init__(self, value): self.value = value\nnote("two")'],
  ['step:three', 'left = sum(rows)\nnote("three")'],
  ['step:four', 'right = max(rows)\nnote("four")'],
  ['step:five', 'alias.append(9)\nbox = Box(rows)\nnote("five")'],
  ['step:six', 'lines = (line for line in ["x", "y"])\nnext(lines)'],
  ['step:seven', 'last = next(lines)\nnote("seven")'],
  ['step:eight', 'drawn = random.random()\nnote("eight")'],
  ['step:nine', 'total = left + right + drawn\nnote("nine")'],
  ['step:ten', 'result = (len(rows), box.value is rows, alias is rows, last, round(total, 6))\nnote("ten")'],
];
const STEPS = ['one', 'two', 'three', 'four', 'five', 'seven', 'eight', 'nine', 'ten'];

const RESULT = 'import headwater\nprint(headwater.Flow("nb").latest_run.data.result)';

async function undisturbed(): Promise<{ result: string; events: number }> {
  const project = new Project();
  project.notebook('nb.ipynb', CELLS);
  const { events } = await project.run('nb.ipynb');
  return { result: await project.python(RESULT), events: events.length - 1 };
}

/** All events in the heavy suite; some, spread evenly, in the quick one. */
const EVERY = process.env['HEADWATER_HEAVY'] === '1' ? 1 : 9;

describe('a run process that is killed', async () => {
  const { result, events } = await undisturbed();
  const moments = Array.from({ length: events }, (_, at) => at + 1).filter((at) => at % EVERY === 0);

  it('has a result to compare with', () => expect(result).toMatch(/^\(4, True, True, 'y', \d\.\d+\)\n$/));

  it.each(moments)('at event %i', async (moment) => {
    const project = new Project();
    project.notebook('nb.ipynb', CELLS);
    const committed = new Set([...(await killAt(project, moment))].map((id) => id.split('.')[0] ?? ''));
    expect((await project.headwater('runs', '--json')).stdout).toContain('"status":"lost"');
    const resumed = await project.headwater('resume', 'nb/1');
    expect(resumed.stderr).toBe('');
    expect(await project.python(RESULT)).toBe(result);
    const notes = project.read('done.txt').split('\n');
    for (const step of STEPS) {
      const times = notes.filter((note) => note === step).length;
      // A step under way when the machine stopped runs again; one that was committed never does.
      expect([step, times]).toEqual([step, committed.has(step) ? 1 : Math.max(1, Math.min(times, 2))]);
    }
  });
});

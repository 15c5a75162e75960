// As crash.test.ts, with branches and loops: 30 tasks, killed at any event, resumed; nothing lost, nothing committed twice.

import { describe, expect, it } from 'vitest';
import type { CellLiteral } from '../helpers/notebook.ts';
import { killAt } from '../helpers/kill-at.ts';
import { Project } from '../helpers/project.ts';

/** Every task leaves a line in a file; a connection is made again in branches; elements share objects with their list. */
const CELLS: readonly CellLiteral[] = [
  ['setup', 'import sqlite3\ndb = sqlite3.connect(":memory:")\ndef note(name):\n    with open("done.txt", "a") as file:\n        file.write(name + "\\n")'],
  ['step:load', 'rows = [{"n": n} for n in range(5)]\ncount = 0\nenough = False\nnote("load")'],
  ['step:loop until:enough max:8', 'count += 1\nenough = count == 6\nnote(f"loop@{count - 1}")'],
  ['step:each foreach:row=rows', 'name = row["n"]\nrow["n"] += count\nsame = any(other is row for other in rows)\nnote(f"each[{name}]")'],
  ['step:sub foreach:part=parts', 'doubled = (part, row["n"] * 2)\nnote(f"sub[{name},{part}]")'],
  ['step:mid join:pairs=doubled', 'total = sum(two for _, two in pairs) + len(db.execute("select 1").fetchall())\nnote(f"mid[{name}]")'],
  ['step:all join:totals=total', 'sames = [b.same for b in inputs]\nnote("all")'],
  ['step:end', 'result = (totals, sames, [row["n"] for row in rows], count)\nnote("end")'],
];
const NOTEBOOK = CELLS.map(([tags, source]): CellLiteral => [tags, tags === 'step:each foreach:row=rows' ? `${source}\nparts = list(range(name % 3))` : source]);
const RESULT = 'import headwater\nprint(headwater.Flow("nb").latest_run.data.result)';

/** All events in the heavy suite; some, spread evenly, in the quick one. */
const EVERY = process.env['HEADWATER_HEAVY'] === '1' ? 1 : 37;

describe('a run with branches and loops that is killed', async () => {
  const project = new Project();
  project.notebook('nb.ipynb', NOTEBOOK);
  const { events } = await project.run('nb.ipynb');
  const result = await project.python(RESULT);
  const notes = project.read('done.txt').trim().split('\n');
  const count = events.length - 1;
  const moments = Array.from({ length: count }, (_, at) => at + 1).filter((at) => at % EVERY === 0);

  const tasks = new Set(events.filter(({ type, replays }) => type === 'task-issued' && replays === null).map(({ task }) => task));

  it('has a result to compare with', () => {
    expect([result, notes.length, tasks.size]).toEqual(['([1, 15, 33, 1, 21], [True, True, True, True, True], [0, 1, 2, 3, 4], 6)\n', 23, 30]);
  });

  it.each(moments)('at event %i', async (moment) => {
    const killed = new Project();
    killed.notebook('nb.ipynb', NOTEBOOK);
    const committed = await killAt(killed, moment);
    const resumed = await killed.headwater('resume', 'nb/1');
    expect(resumed.stderr).toBe('');
    expect(await killed.python(RESULT)).toBe(result);
    const done = killed.read('done.txt').trim().split('\n');
    for (const note of notes) {
      const times = done.filter((each) => each === note).length;
      // What was under way when the machine stopped runs again; what was committed never does.
      expect([note, times]).toEqual([note, committed.has(`${note}.0`) ? 1 : Math.max(1, Math.min(times, 2))]);
    }
  });
});

// What the suite's checker does on the way: from a flow to its runs, steps, tasks and artifacts, and back by their paths.

import { expect, it } from 'vitest';
import { Flow } from './flow.ts';
import { SOME } from './graphs.ts';

const WALK = `
import headwater
flow = headwater.Flow("nb")
run = flow.latest_run
good = flow.latest_successful_run
assert (run.id, good.id) == ("nb/2", "nb/1"), (run, good)
assert (good.finished, good.successful, run.finished, run.successful) == (True, True, True, False)
assert good.created_at <= good.finished_at
for step in good:
    assert good[step.name].name == step.name and len(step) == len(step.tasks())
    for task in step:
        again = headwater.Task(task.path)
        assert (again.path, again.status, again.step, again.indices, again.iteration) == (task.path, task.status, step.name, task.indices, task.iteration)
        if task.status == "skipped":
            continue
        artifact = task["mark"]
        assert artifact.data == task.data.mark == headwater.load(task.path + "/mark") == task.path, artifact
        assert artifact.type == "str" and artifact.preview and "mark" in [each.name for each in task]
assert good.data.mark == good["end"].task.data.mark == "nb/1/end"
for wrong in ("nb/1/nowhere", "nb/9/end", "other/1/end"):
    try:
        headwater.Task(wrong)
    except KeyError:
        continue
    raise AssertionError(wrong)
print("walked")
`;

it.each(SOME)('everything is found from the flow down, and by its path: $name', async (graph) => {
  const flow = new Flow(graph, {
    above: [['setup', 'import headwater'], ['parameters', 'fails = False']],
    code: ({ is }) => `mark = f"{headwater.current.run}/{headwater.current.task}"${is.end ? '\nassert not fails' : ''}`,
  });
  expect([(await flow.run()).code, (await flow.run('-p', 'fails=true')).code]).toEqual([0, 1]);
  expect(await flow.project.python(WALK)).toBe('walked\n');
});

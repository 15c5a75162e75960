// The notebook that both editors offer where there is no run yet: what it promises comes true.

import { expect, it } from 'vitest';
import { exampleText } from '@headwater/panels';
import { Project } from '../helpers/project.ts';

it('runs as it stands, with nothing but Python', async () => {
  const project = new Project();
  project.write('example.ipynb', exampleText());
  expect((await project.headwater('check', 'example.ipynb')).stdout).toBe('example.ipynb: 3 steps, 0 errors, 0 remarks\n');
  expect((await project.headwater('run', 'example.ipynb')).code).toBe(0);
  const said = await project.python('import headwater\nrun = headwater.Run("example/1")\nprint(run.data["best"], len(run.data["series"]), [task.stdout for task in run["smooth"]][1], end="")');
  expect(said).toBe('0.3 200 alpha 0.3: 0.870 off on average\n');
});

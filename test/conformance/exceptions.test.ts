// `task_exception`, `detect_segfault`: how a run failed is told by type and words, and what stood before stays.

import { expect, it } from 'vitest';
import { Flow } from './flow.ts';
import { GRAPHS, SOME } from './graphs.ts';

it.each(GRAPHS)('an exception is kept: $name', async (graph) => {
  const flow = new Flow(graph, { names: ['data'], code: ({ is }) => (is.start ? 'data = "abc"' : is.end ? 'data = "lost"\nraise KeyError("Something has gone wrong")' : '') });
  const { code, stdout } = await flow.run();
  expect([code, stdout]).toEqual([1, expect.stringMatching(new RegExp(`KeyError: 'Something has gone wrong'\n✗ nb/1 failed in cell ${flow.plan.length}, line 2\n`))]);
  const { status, successful, finished, data, tasks } = await flow.look();
  expect({ status, successful, finished, data }).toEqual({ status: 'failed', successful: false, finished: true, data: { data: 'abc' } });
  expect([tasks['end']?.status, tasks['end']?.exception]).toEqual(['failed', { type: 'KeyError', message: "'Something has gone wrong'" }]);
});

it.each(SOME)('a crash of the process is told, and what it had printed is kept: $name', async (graph) => {
  const flow = new Flow(graph, { code: ({ is }) => (is.end ? 'import ctypes\nprint("Crash and burn!")\nctypes.string_at(0)' : '') });
  expect((await flow.run()).code).toBe(1);
  const { tasks } = await flow.look();
  expect([tasks['end']?.status, tasks['end']?.stdout, tasks['end']?.exception?.type]).toEqual(['failed', 'Crash and burn!\n', 'Died']);
  expect(tasks['end']?.exception?.message).toContain('segmentation fault');
});

// `catch_retry`, `tag_catch`: tries are counted, only the last one's names and words count, and what is caught goes on; exceptions and dead processes alike.

import { expect, it } from 'vitest';
import { Flow, type Here } from './flow.ts';
import { GRAPHS, SOME } from './graphs.ts';
import type { Place } from './plan.ts';

/** A step that others depend on comes to its end at the last try; the rest never does, and is caught. */
const mustEnd = ({ name, step }: Place) => name === 'start' || step.next === 'loop' || step.each !== undefined || step.choose !== undefined || step.join === true;
const retries = ({ name }: Place) => (name === 'start' ? 3 : 2);

const tagsOf = ({ place }: Here) => (place.name === 'end' ? 'catch:end_failure' : `retry:${retries(place)}${mustEnd(place) ? '' : ' catch:failure'}`);

function codeOf(here: Here, failing: string): string {
  const { place } = here;
  if (here.is.end) return 'here = True\nraise Odd("catch", "me!")';
  const tried = `${here.own('tried')} = headwater.current.attempt\nprint("try", ${here.own('tried')})`;
  return mustEnd(place) ? `${tried}\nif ${here.own('tried')} < ${retries(place)}:\n    ${here.own('invisible')} = True\n    raise Odd("again", "please")` : `${tried}\n${failing}`;
}

/** Two arguments: pickle makes such an exception with one, and fails. */
const ODD = 'import headwater, os, signal\nclass Odd(Exception):\n    def __init__(self, one, two): super().__init__(f"{one} {two}")';

it.each([
  ...GRAPHS.map((graph) => ({ graph, how: 'an exception', failing: 'raise Odd("not", "today")', type: 'Odd', caught: ['caught'], said: 'try 2\n', kept: { tried: 2 } })),
  ...SOME.map((graph) => ({ graph, how: 'a killed process', failing: 'os.kill(os.getpid(), signal.SIGKILL)', type: 'Died', caught: ['failed', 'caught'], said: '', kept: {} })),
])('tries are counted and the last is caught: $graph.name, $how', async ({ graph, failing, type, caught, said, kept }) => {
  const flow = new Flow(graph, { names: ['tried', 'invisible', 'failure', 'end_failure', 'here'], above: [['setup', ODD]], tags: tagsOf, code: (here) => codeOf(here, failing) });
  expect((await flow.run()).code).toBe(0);
  const looked = await flow.look();
  const place = (step: string) => flow.here(step).place;
  // After a process has died, one attempt more binds the failure, and nothing else is left of it. Guesses that were taken back count for nothing.
  expect(flow.pick(looked, ({ attempts }) => attempts.filter((status) => status !== 'discarded'))).toEqual(flow.expected(({ step }) => (
    step === 'end' ? ['caught'] : [...Array.from({ length: retries(place(step)) }, () => 'retried'), ...(mustEnd(place(step)) ? ['done'] : caught)]
  )));
  expect(flow.pick(looked, ({ values, stdout }) => [values['invisible'] ?? null, stdout])).toEqual(flow.expected(({ step }) => (
    [null, step === 'end' ? '' : mustEnd(place(step)) ? `try ${retries(place(step))}\n` : said]
  )));
  const others = Object.entries(looked.tasks).filter(([id, { status }]) => status === 'caught' && id !== 'end').map(([, seen]) => seen);
  expect(others.filter(({ exception }) => exception?.type !== type)).toEqual([]);
  for (const { values } of others) expect(values).toMatchObject(kept);
  expect(looked.data).toMatchObject({ here: true, end_failure: '<Failure Odd: catch me!>' });
});

import { expect, test } from 'vitest';
import type { Analysis } from '@headwater/protocol';
import type { Backend } from '../client/backend.ts';
import { NotebookWatch } from './notebook-watch.ts';

// Who pressed "Run flow" while the notebook was looked at for another reason was left with nothing, and nothing was said.
test('who looks waits for a look that began later', async () => {
  const answers: ((analysis: Analysis) => void)[] = [];
  const never = () => () => undefined;
  const call = () => new Promise((resolve) => { answers.push(resolve); });
  const watch = new NotebookWatch({ call, on: never, watch: never, onState: never, retry: () => undefined, state: { kind: 'connecting' } } as unknown as Backend, { place: () => 'a.ipynb', text: () => '{}' });
  const pressed = watch.look().then(() => watch.analysis?.flow);
  void watch.look();
  answers[0]?.({ flow: 'older', store: '' } as Analysis);
  await Promise.resolve();
  answers[1]?.({ flow: 'newer', store: '' } as Analysis);
  expect(await pressed).toBe('newer');
  watch.end();
});

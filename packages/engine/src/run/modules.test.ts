// One session keeps a module as it was first imported; a step in a process of its own would get what stands in the file by then.

import { expect, it } from 'vitest';
import { executed, Script, step } from './testing/script.ts';

const imports = (digest: string) => ({ modules: { 'src/part.py': digest } });

function run(...digests: string[]): string {
  const names = digests.map((_, at) => `s${at}`);
  const script = new Script(names.map((name, at) => step(name, names.slice(0, at))));
  for (const [at, digest] of digests.entries()) script.put(executed(`s${at}.0`, {}, imports(digest)));
  return script.state.failures[0]?.failure?.message ?? script.state.status;
}

it('steps that import what stands there from the beginning are fine', () => expect(run('1', '1', '1')).toBe('done'));

it('one that imports what another had imported before it changed is named, with both', () => {
  expect(run('1', '1', '2')).toBe('s2 imports src/part.py, which has changed since s0 imported it: one session would go on with the old code. Write the file above every step that imports it.');
});

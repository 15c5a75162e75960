// `headwater copy`: runs into another store. Bytes of artifacts never pass through here, so Python carries them.

import { spawn } from 'node:child_process';
import { bridgeFolder, chooseInterpreter, locateStore, openStoreForRun } from '@headwater/engine';
import { EXIT } from '../exit.ts';
import type { GlobalOptions } from '../verbs.ts';
import { openNamedStore } from './find-run.ts';

const START = 'import sys; sys.path.insert(0, sys.argv.pop(1)); from headwater.client.copy import main; main()';

export async function copy(args: readonly string[], options: Readonly<Record<string, unknown>>, shared: GlobalOptions): Promise<number> {
  const store = await openNamedStore(shared);
  const to = locateStore({ named: String(options['to']), from: process.cwd() });
  await openStoreForRun(to, true);
  const interpreter = chooseInterpreter({ asked: shared.python ?? null, kernel: null, env: process.env });
  const child = spawn(interpreter.path, ['-c', START, bridgeFolder(), store.url, to, ...args], { stdio: 'inherit' });
  const code = await new Promise<number>((resolve) => child.once('close', (status) => resolve(status ?? EXIT.bug)));
  return code === EXIT.done ? EXIT.done : EXIT.mistake;
}

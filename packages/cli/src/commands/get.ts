// `headwater get`: one artifact, shown or written to a file. Values are Python's, so Python reads them.

import { spawn } from 'node:child_process';
import path from 'node:path';
import { formatRunId, UserError, type RunId } from '@headwater/protocol';
import { bridgeFolder, chooseInterpreter, readRecord, type Interpreter, type Store } from '@headwater/engine';
import { EXIT } from '../exit.ts';
import type { GlobalOptions } from '../verbs.ts';
import { findTask } from './find-run.ts';

const START = 'import sys; sys.path.insert(0, sys.argv.pop(1)); from headwater.client.export import main; main()';

/** The interpreter that made the value knows its types; another is used only when it was asked for. */
async function choosePython(store: Store, run: RunId, shared: GlobalOptions): Promise<Interpreter> {
  const record = await readRecord(store, run.flow, run.number);
  return chooseInterpreter({ asked: shared.python ?? record?.python.path ?? null, kernel: null, env: process.env });
}

export async function get(args: readonly string[], options: Readonly<Record<string, unknown>>, shared: GlobalOptions): Promise<number> {
  const { store, run, task, artifact } = await findTask(args[0] ?? '', shared);
  if (artifact === null) throw new UserError('bad-artifact', `\`${args[0] ?? ''}\` is a task, not an artifact.`, `Name one: ${args[0] ?? ''}/NAME. See \`headwater artifacts ${args[0] ?? ''}\`.`);
  const interpreter = await choosePython(store, run, shared);
  const target = typeof options['output'] === 'string' ? [path.resolve(options['output'])] : [];
  const child = spawn(interpreter.path, ['-c', START, bridgeFolder(), store.url, `${formatRunId(run)}/${task.task}/${artifact}`, ...target], { stdio: 'inherit' });
  const code = await new Promise<number>((resolve) => child.once('close', (status) => resolve(status ?? EXIT.bug)));
  return code === EXIT.done ? EXIT.done : EXIT.mistake;
}

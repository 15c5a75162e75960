// `headwater export`: a run in the form of another tool. Values are Python's, so Python writes them.

import { spawn } from 'node:child_process';
import { formatRunId, UserError } from '@headwater/protocol';
import { bridgeFolder, chooseInterpreter, readRecord } from '@headwater/engine';
import { readFlow } from '@headwater/service';
import { EXIT } from '../exit.ts';
import type { GlobalOptions } from '../verbs.ts';
import { findRun } from './find-run.ts';

const START = 'import sys; sys.path.insert(0, sys.argv.pop(1)); from headwater.client.metaflow.export import main; main()';

export async function exportRun(args: readonly string[], options: Readonly<Record<string, unknown>>, shared: GlobalOptions): Promise<number> {
  const [target = '', named = ''] = args;
  if (target !== 'metaflow') throw new UserError('bad-target', `There is no export to \`${target}\`.`, 'There is `metaflow`: headwater export metaflow RUN.');
  const { store, run, summary } = await findRun(named, shared);
  if (summary.status === 'running') throw new UserError('still-running', `${formatRunId(run)} is still running.`, 'It can be exported when it has ended.');
  const record = await readRecord(store, run.flow, run.number);
  const flow = record === null ? null : await readFlow(store, record.snapshot, record.notebook);
  // The interpreter that made the values knows their types.
  const interpreter = chooseInterpreter({ asked: shared.python ?? record?.python.path ?? null, kernel: null, env: process.env });
  const parameters = JSON.stringify(flow?.parameters.map(({ name }) => name) ?? []);
  const child = spawn(interpreter.path, ['-c', START, bridgeFolder(), store.url, formatRunId(run), String(options['to']), parameters, ...(shared.json === true ? ['--json'] : [])], { stdio: 'inherit' });
  const code = await new Promise<number>((resolve) => child.once('close', (status) => resolve(status ?? EXIT.bug)));
  return code === EXIT.done ? EXIT.done : code === EXIT.mistake ? EXIT.mistake : EXIT.bug;
}

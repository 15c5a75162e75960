// `headwater export`: a run in the form of another tool. Values are Python's, so Python writes them.

import { spawn } from 'node:child_process';
import { formatRunId, UserError, type RunId } from '@headwater/protocol';
import { bridgeFolder, chooseInterpreter, readRecord, type Store } from '@headwater/engine';
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
  const { python, parameters } = await readRun(store, run);
  const interpreter = chooseInterpreter({ asked: shared.python ?? python, kernel: null, env: process.env });
  const told = [bridgeFolder(), store.url, formatRunId(run), String(options['to']), JSON.stringify(parameters)];
  const child = spawn(interpreter.path, ['-c', START, ...told, ...(shared.json === true ? ['--json'] : [])], { stdio: 'inherit' });
  const code = await new Promise<number>((resolve) => child.once('close', (status) => resolve(status ?? EXIT.bug)));
  return code === EXIT.done ? EXIT.done : code === EXIT.mistake ? EXIT.mistake : EXIT.bug;
}

/** The interpreter that made the values, since it knows their types, and the names of the flow's parameters. */
async function readRun(store: Store, { flow, number }: RunId): Promise<{ python: string | null; parameters: readonly string[] }> {
  const record = await readRecord(store, flow, number);
  if (record === null) return { python: null, parameters: [] };
  const analysed = await readFlow(store, record.snapshot, record.notebook);
  return { python: record.python.path, parameters: analysed?.parameters.map(({ name }) => name) ?? [] };
}

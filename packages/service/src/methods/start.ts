// Starting, resuming and stopping runs: as the command does it, a process of its own that outlives this one.

import { existsSync } from 'node:fs';
import { formatRunId, UserError, type Diagnostic, type Params, type StartReply } from '@headwater/protocol';
import { checkTags, defaultRequest, expectedOf, makeResumeRequest, requestStop, spawnRun, startRun, type RunRequest } from '@headwater/engine';
import { find, findRun, type Asking, type Context } from './context.ts';

export async function start(context: Context, params: Params<'start'>, asking: Asking): Promise<StartReply> {
  const notebook = context.places.notebook(params.notebook);
  return launch(context, { ...defaultRequest(notebook), ...choices(context, params, asking.client), text: params.text, tags: checkTags(params.tags), store: context.store }, { ...asking, notebook: params.notebook });
}

export async function resume(context: Context, params: Params<'resume'>, asking: Asking): Promise<StartReply> {
  const { store, id } = await find(context, params);
  const notebook = context.places.notebook(params.notebook);
  const request = await makeResumeRequest({ store, run: id, cwd: context.places.roots[0] ?? '', notebook, code: params.code });
  const { parameters, ...rest } = choices(context, params, asking.client);
  return launch(context, {
    ...request, ...rest, parameters: { ...request.parameters, ...parameters }, text: params.code === 'now' ? params.text : request.text, from: params.from,
  }, { ...asking, notebook: params.notebook });
}

function choices(context: Context, { parameters, python, to, failFast }: Params<'start'> | Params<'resume'>, client: string): Pick<RunRequest, 'parameters' | 'python' | 'to' | 'failFast'> {
  // JupyterLab names that of the notebook's kernelspec; where a gateway runs the kernel on another machine, it is none of this one's.
  const isElsewhere = client === 'jupyterlab' && python !== null && !existsSync(python);
  return { parameters, python: isElsewhere ? context.python : python ?? context.python, to, failFast };
}

async function launch(context: Context, request: RunRequest, { tell, signal, notebook }: Asking & { readonly notebook: string }): Promise<StartReply> {
  const reply = await startRun(request, { child: spawnRun(context.runProcess, process.env, expectedOf(request)), signal, preparing: (what) => tell('preparing', { notebook, what }) });
  if (reply.type === 'bug' && signal.aborted) throw new UserError('withdrawn', 'The run was taken back before it started.', null);
  if (reply.type === 'bug') throw new Error(`${reply.message}\n${reply.stack}`);
  const diagnostics = reply.diagnostics as Diagnostic[];
  if (reply.type === 'refused') return { type: 'refused', problem: reply.problem, diagnostics };
  context.watchers.nudge(reply.store);
  return { type: 'started', store: context.places.admit(reply.store), run: formatRunId(reply), python: reply.python, why: reply.why, diagnostics };
}

export async function stop(context: Context, params: Params<'stop'>): Promise<null> {
  const { store, id, summary } = await findRun(context, params);
  if (summary.status !== 'running') throw new UserError('not-running', `${params.run} is not running: it is ${summary.status}.`, null);
  await requestStop(store, id, summary.owner);
  return null;
}

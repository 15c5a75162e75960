// `headwater run --watch`: whenever the notebook or a module beside it is saved, what the change makes stale runs again.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, watch } from 'node:fs';
import path from 'node:path';
import { formatRunId } from '@headwater/protocol';
import { analyseFile, listSummaries, locateStore, openStore, type RunRequest } from '@headwater/engine';
import { EXIT } from '../exit.ts';
import type { GlobalOptions } from '../verbs.ts';
import { startAndWatch } from './start-and-watch.ts';

/** An editor saves in several steps: the file is read when it has been still for so long. */
const STILL_MS = 200;

export async function runOnSave(request: RunRequest, options: Readonly<Record<string, unknown>>, shared: GlobalOptions): Promise<number> {
  let code = EXIT.done as number;
  let next = request;
  for (;;) {
    const seen = stateOf(request.notebook);
    code = await startAndWatch(next, { ...options, detach: false }, shared);
    if (code === EXIT.interrupted) return code;
    if (shared.json !== true) process.stdout.write(`Waiting for ${path.basename(request.notebook)} to be saved; Ctrl-C ends it.\n`);
    if (!(await nextSave(request.notebook, seen))) return code;
    next = await goOn(request);
  }
}

/** From the newest run of the notebook, if there is one: one that was refused made none. */
async function goOn(request: RunRequest): Promise<RunRequest> {
  const store = await openStore(locateStore({ named: request.store ?? process.env['HEADWATER_STORE'] ?? null, from: path.dirname(request.notebook) })).catch(() => null);
  const flow = await analyseFile(request.notebook).catch(() => null);
  const [last] = store === null || flow === null ? [] : await listSummaries(store, flow.name, 1);
  return last === undefined ? request : { ...request, resumes: formatRunId(last) };
}

/** Resolves when the files differ from what was seen; false after Ctrl-C. */
function nextSave(notebook: string, seen: string): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (saved: boolean) => {
      watcher.close();
      clearTimeout(timer);
      process.off('SIGINT', interrupt);
      resolve(saved);
    };
    const look = () => {
      if (stateOf(notebook) !== seen) end(true);
    };
    const interrupt = () => end(false);
    let timer = setTimeout(look, STILL_MS);
    const watcher = watch(path.dirname(notebook), () => {
      clearTimeout(timer);
      timer = setTimeout(look, STILL_MS);
    });
    process.on('SIGINT', interrupt);
  });
}

/** Of the notebook and the Python files beside it. */
function stateOf(notebook: string): string {
  const folder = path.dirname(notebook);
  const files = [path.basename(notebook), ...readdirSync(folder).filter((name) => name.endsWith('.py'))];
  const hash = createHash('sha256');
  for (const file of files.sort()) {
    try {
      hash.update(`${file}\0`).update(readFileSync(path.join(folder, file)));
    } catch {
      // Between two steps of a save it may be gone for a moment.
    }
  }
  return hash.digest('hex');
}

// Modules of the project that change while the notebook runs. One session keeps a module as it was first imported; a step imports it anew.

import type { Executed, Failure } from '@headwater/protocol';
import { engineFailure } from './conditions.ts';
import type { RunState } from './state.ts';

/** After a commit: what was imported for the first time, or read anew by the step that had imported it. */
export function noteModules(modules: RunState['modules'], step: string, report: Executed): RunState['modules'] {
  const found = Object.entries(report.modules).filter(([file, digest]) => modules.get(file)?.digest !== digest);
  return found.length === 0 ? modules : new Map([...modules, ...found.map(([file, digest]) => [file, { digest, step }] as const)]);
}

/** Why what the attempt imported was not what Run All would have given it; null when it was. */
export function findChangedModule(modules: RunState['modules'], step: string, report: Executed): Failure | null {
  for (const [file, digest] of Object.entries(report.modules)) {
    const first = modules.get(file);
    if (first === undefined || first.digest === digest) continue;
    return engineFailure('ModuleChanged', `${step} imports ${file}, which has changed since ${first.step} imported it: one session would go on with the old code. Write the file above every step that imports it.`);
  }
  return null;
}

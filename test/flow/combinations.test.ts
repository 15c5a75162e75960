// retry x catch x timeout x what goes wrong x where: how often it ran, and what the run was left with.

import { describe, expect, it } from 'vitest';
import type { CellLiteral } from '../helpers/notebook.ts';
import { Project } from '../helpers/project.ts';

/** What a cell does, and what of it stays when it is caught: what was bound before an exception, nothing when the process died. */
const KINDS: Readonly<Record<string, { readonly code: string; readonly type: string | null; readonly keeps: boolean }>> = {
  exception: { code: 'raise ValueError("no")', type: 'ValueError', keeps: true },
  exit: { code: 'import sys\n    sys.exit(3)', type: 'SystemExit', keeps: true },
  // A limit stands for the machine's: the system's own killer would take other processes of this machine.
  memory: { code: 'import resource\n    resource.setrlimit(resource.RLIMIT_AS, (1 << 31, 1 << 31))\n    bytearray(1 << 32)', type: 'MemoryError', keeps: true },
  kill: { code: 'import os, signal\n    os.kill(os.getpid(), signal.SIGKILL)', type: 'Died', keeps: false },
  segfault: { code: 'import ctypes\n    ctypes.string_at(0)', type: 'Died', keeps: false },
  unstorable: { code: 'lost = (i for i in [1])', type: null, keeps: true },
};
const SLOW = { code: 'import time\n    time.sleep(60)', type: 'Timeout', keeps: false };
type Kind = (typeof KINDS)[string];

interface Tags {
  readonly retry: boolean;
  readonly caught: boolean;
  readonly timeout: boolean;
}

const kindsOf = ({ timeout }: Tags): [string, Kind][] => [...Object.entries(KINDS), ...(timeout ? [['slow', SLOW] as [string, Kind]] : [])];

function makeCells(tags: Tags, shape: 'linear' | 'foreach' | 'until'): CellLiteral[] {
  const kinds = kindsOf(tags);
  const care = [tags.retry ? 'retry:1' : '', tags.caught ? 'catch:failed' : '', tags.timeout ? 'timeout:4s' : ''].filter((tag) => tag !== '').join(' ');
  const work = ['open("tries.txt", "a").write(kind + " ")', 'before = 1', ...kinds.map(([kind, { code }]) => `if kind == ${JSON.stringify(kind)}:\n    ${code}`), 'after = 1'].join('\n');
  const seen = `result = (${tags.caught ? 'failed and failed.type' : 'None'}, before, after)`;
  const start: CellLiteral = ['step:start', `kinds = ${JSON.stringify(kinds.map(([kind]) => kind))}\nbefore = after = 0\ndone = False`];
  const end: CellLiteral[] = [['step:look', seen], ['step:end join:results=result', 'print(dict(zip(kinds, results)))']];
  if (shape === 'linear') return [start, ['step:open foreach:kind=kinds', 'opened = kind'], [`step:work ${care}`, work], ...end];
  if (shape === 'foreach') return [start, ['step:open foreach:kind=kinds', 'inner = [0]'], [`step:work foreach:i=inner ${care}`, work], ['step:seen', seen], ['step:inner join:all=result', 'result = all[0]'], ['step:end join:results=result', 'print(dict(zip(kinds, results)))']];
  return [start, [`step:work foreach:kind=kinds until:done max:1 ${care}`, `${work}\ndone = True`], ...end];
}

function expected(tags: Tags): { tries: string; printed: string; failures: string[] } {
  const kinds = kindsOf(tags);
  const tries = kinds.flatMap(([kind, { type }]) => Array.from({ length: type === null || !tags.retry ? 1 : 2 }, () => kind));
  const results = kinds.map(([kind, { type, keeps }]) => `'${kind}': (${type === null ? 'None' : `'${type}'`}, ${keeps ? 1 : 0}, ${type === null ? 1 : 0})`);
  return { tries: tries.sort().join(' '), printed: `{${results.join(', ')}}`, failures: kinds.filter(([, { type }]) => type !== null).map(([kind]) => kind) };
}

const ALL: Tags[] = [false, true].flatMap((retry) => [false, true].flatMap((caught) => [false, true].map((timeout) => ({ retry, caught, timeout }))));
/** The quick suite takes the two that hold most. */
const TAGS = process.env['HEADWATER_HEAVY'] === '1' ? ALL : [{ retry: true, caught: true, timeout: true }, { retry: true, caught: false, timeout: false }];
const SHAPES = ['linear', 'foreach', 'until'] as const;

describe.each(TAGS)('%j', (tags) => {
  it.each(process.env['HEADWATER_HEAVY'] === '1' ? SHAPES : SHAPES.slice(0, 1))('%s', async (shape) => {
    const project = new Project();
    project.notebook('nb.ipynb', makeCells(tags, shape));
    const { code, stdout } = await project.headwater('run', 'nb.ipynb');
    const { tries, printed, failures } = expected(tags);
    expect(project.read('tries.txt').trim().split(' ').sort().join(' ')).toBe(tries);
    if (tags.caught) {
      expect(stdout.split('\n')).toContain(printed);
      expect(code).toBe(0);
    } else {
      expect(code).toBe(1);
      expect(await project.python('import headwater\nrun = headwater.Run("nb/1")\nprint(sorted(t.items["kind"] for t in run["work"] if t.status == "failed"))')).toBe(
        `[${[...failures].sort().map((kind) => `'${kind}'`).join(', ')}]\n`,
      );
    }
  });
});

// The next step gets that array, sums it and writes to it; what the first step kept must not change by that.

import path from 'node:path';
import { present, type Bench } from '../bench.ts';
import { digestBlob } from '../measure/digest-blob.ts';
import { settleDisk } from '../measure/settle-disk.ts';
import { removeFolder } from '../measure/remove-folder.ts';
import { ARRAY_BYTES, makeArray } from '../ours/arrays.ts';
import { readEvents, readManifest } from '../ours/headwater.ts';
import { NUMPY, step, writeNotebook } from '../ours/notebook.ts';
import { aroundMs } from '../ours/times.ts';
import { writeFlow, type Metaflow } from '../peers/metaflow.ts';
import { atLeastTimes, atMostTimes, type Contest, type Goal, type Row, type Subject } from '../row.ts';

const MAKE = `a = ${makeArray('normal')}`;
const USE = 's = a.sum()\na[0] = 1';
const METAFLOW_ROUNDS = 3;

export const loadArray: Row = {
  name: 'load-array',
  title: 'load a 256 MB array in the next step, sum it, write to it',
  rounds: 10,
  prepare,
};

async function prepare(bench: Bench): Promise<Contest> {
  bench.note('Headwater: loading plus the cell; Metaflow: the same two lines timed inside the step, which loads when they first touch the array');
  const { limits, metaflow } = bench;
  return {
    subjects: present<Subject>(
      ours(bench),
      {
        name: 'a resident array', role: 'limit', measure: async () => ({ 'sum': (await limits.array(ARRAY_BYTES)).sumMs }),
      },
      metaflow && await peer(bench.folder, metaflow),
    ),
    goals: [
      atLeastTimes('≥ 50x Metaflow', 50, ['Metaflow', 'load, sum, write'], ['Headwater', 'load, sum, write']),
      atMostTimes('≤ 1.5x summing a resident array', 1.5, ['Headwater', 'load, sum, write'], ['a resident array', 'sum']),
      UNCHANGED,
    ],
  };
}

const UNCHANGED: Goal = {
  text: 'store unchanged: blobs of the first step that the second altered', kind: 'at most', bound: 0, unit: 'blobs',
  value: (look) => look('Headwater', 'altered'),
};

function ours({ folder, headwater }: Bench): Subject {
  const notebook = writeNotebook(folder, 'load', [NUMPY, step('make', MAKE), step('use', USE)]);
  const store = path.join(folder, 'store');
  return {
    name: 'Headwater', role: 'ours', measure: async () => {
      removeFolder(store);
      settleDisk(folder);
      const run = await headwater.run(notebook, { cwd: folder, store });
      const { loadMs, runMs } = readManifest(run, 'use').cost;
      const kept = readManifest(run, 'make').groups.flatMap((group) => group.buffers);
      const altered = kept.filter((blob) => digestBlob(store, blob) !== blob).length;
      const figures = {
        'load, sum, write': loadMs + runMs, 'of it load': loadMs, 'save of what was written to': aroundMs(readEvents(run), 'use') - loadMs,
        'wall': run.wallMs, 'altered (blobs)': altered,
      };
      removeFolder(store);
      return figures;
    },
  };
}

/** Made once; every round runs the second step again on what the first one kept. */
async function peer(folder: string, metaflow: Metaflow): Promise<Subject> {
  const timed = `import time\nbegan = time.perf_counter()\ns = self.a.sum()\nself.a[0] = 1\nprint("took", (time.perf_counter() - began) * 1000)`;
  const flow = writeFlow(folder, 'Load', [`import numpy as np\nself.${MAKE}`, timed]);
  await metaflow.run(flow);
  return {
    name: 'Metaflow', role: 'peer', rounds: METAFLOW_ROUNDS, measure: async () => {
      const { stdout, wallMs } = await metaflow.run(flow, { verb: ['resume', 'end'] });
      const took = /took ([\d.]+)/.exec(stdout)?.[1];
      if (took === undefined) throw new Error(`no time in what Metaflow printed:\n${stdout}`);
      return { 'load, sum, write': Number(took), 'wall of `resume end`': wallMs };
    },
  };
}

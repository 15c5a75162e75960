// A step that makes 256 MB of floats, kept as an artifact: what keeping costs on top of making.

import path from 'node:path';
import { present, type Bench } from '../bench.ts';
import { settleDisk } from '../measure/settle-disk.ts';
import { removeFolder } from '../measure/remove-folder.ts';
import { ARRAY_BYTES, makeArray } from '../ours/arrays.ts';
import { readEvents, readManifest } from '../ours/headwater.ts';
import { NUMPY, step, writeNotebook } from '../ours/notebook.ts';
import { aroundMs } from '../ours/times.ts';
import { writeFlow } from '../peers/metaflow.ts';
import { atLeastTimes, atMostTimes, type Contest, type Row, type Subject } from '../row.ts';

const KINDS = ['normal', 'walk'] as const;
type Kind = typeof KINDS[number];

/** Numbers that cannot be compressed, and a walk rounded to cents, which can. */
const TITLES: Readonly<Record<Kind, string>> = { normal: 'normal floats', walk: 'rounded walk' };

const METAFLOW_ROUNDS = 3;

export const saveArray: Row = {
  name: 'save-array',
  title: 'keep a 256 MB array that a step made',
  rounds: 10,
  prepare: (bench) => {
    bench.note('Headwater: save in the step, with previews and manifest; Metaflow: its run minus a run that makes the array and does not keep it');
    return Promise.resolve({
      subjects: present(...KINDS.map((kind) => ours(bench, kind)), ...KINDS.map((kind) => limit(bench, kind)), ...KINDS.map((kind) => peer(bench, kind))),
      goals: KINDS.flatMap((kind) => [
        atLeastTimes(`≥ 40x Metaflow, ${TITLES[kind]}`, 40, [`Metaflow, ${TITLES[kind]}`, 'save'], [`Headwater, ${TITLES[kind]}`, 'save']),
        atMostTimes(`≤ 2.5x a bare write(), ${TITLES[kind]}`, 2.5, [`Headwater, ${TITLES[kind]}`, 'save'], [`write(), ${TITLES[kind]}`, 'write']),
      ]),
    } satisfies Contest);
  },
};

function ours({ folder, headwater }: Bench, kind: Kind): Subject {
  const notebook = writeNotebook(folder, `save-${kind}`, [NUMPY, step('make', `a = ${makeArray(kind)}`)]);
  const store = path.join(folder, 'store');
  return {
    name: `Headwater, ${TITLES[kind]}`, role: 'ours', measure: async () => {
      removeFolder(store);
      settleDisk(folder);
      const run = await headwater.run(notebook, { cwd: folder, store });
      const save = aroundMs(readEvents(run), 'make');
      const { saveMs } = readManifest(run, 'make').cost;
      removeFolder(store);
      return { save, 'of it values alone': saveMs, 'wall': run.wallMs };
    },
  };
}

function peer({ folder, metaflow }: Bench, kind: Kind): Subject | null {
  if (metaflow === null) return null;
  const kept = writeFlow(folder, `Kept_${kind}`, [`import numpy as np\nself.a = ${makeArray(kind)}`]);
  const dropped = writeFlow(folder, `Dropped_${kind}`, [`import numpy as np\na = ${makeArray(kind)}`]);
  return {
    name: `Metaflow, ${TITLES[kind]}`, role: 'peer', rounds: METAFLOW_ROUNDS, measure: async () => {
      settleDisk(folder);
      const without = await metaflow.run(dropped);
      const { wallMs } = await metaflow.run(kept);
      removeFolder(path.join(folder, '.metaflow'));
      return { save: wallMs - without.wallMs, wall: wallMs };
    },
  };
}

function limit({ folder, limits }: Bench, kind: Kind): Subject {
  return {
    name: `write(), ${TITLES[kind]}`, role: 'limit', measure: async () => {
      settleDisk(folder);
      const { writeMs, fsyncMs } = await limits.array(ARRAY_BYTES, kind);
      return { 'write': writeMs, 'write and fsync': fsyncMs };
    },
  };
}

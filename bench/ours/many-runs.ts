// A store with a long history: the summaries of runs that never ran.

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { FORMAT_KEY, lastNumberKey, STORE_FORMAT, summaryKey, type Summary } from '@headwater/protocol';

export const FLOW = 'churn';
const MINUTE = 60_000;
const STEPS = ['load', 'clean', 'features', 'fit', 'report'];

/** Of a flow that fails now and then. */
export function writeManyRuns(store: string, runs: number): void {
  const now = Date.now();
  mkdirSync(path.dirname(path.join(store, summaryKey(FLOW, 1))), { recursive: true });
  writeFileSync(path.join(store, FORMAT_KEY), JSON.stringify({ format: STORE_FORMAT }));
  for (let number = 1; number <= runs; number += 1) writeFileSync(path.join(store, summaryKey(FLOW, number)), JSON.stringify(makeSummary(number, now - (runs - number) * MINUTE)));
  writeFileSync(path.join(store, lastNumberKey(FLOW)), String(runs));
}

function makeSummary(number: number, started: number): Summary {
  const isFailed = number % 17 === 0;
  return {
    format: STORE_FORMAT, flow: FLOW, number, notebook: 'churn.ipynb', status: isFailed ? 'failed' : 'done', started, ended: started + MINUTE / 2, by: 'eva', owner: { host: 'host', pid: 1, started: '1' },
    parameters: { alpha: String((number % 50) / 10) }, tags: number % 101 === 0 ? ['best'] : [], resumes: null,
    steps: STEPS.map((name) => ({ name, status: isFailed && name === 'fit' ? 'failed' : 'done', ms: 100, peakBytes: 1e8, tasks: 1 })),
    failed: isFailed ? { task: 'fit', failure: { type: 'ValueError', message: `Singular matrix in ${number}`, traceback: '', cell: 4, line: 3 } } : null,
    failures: isFailed ? 1 : 0, learned: [],
  };
}

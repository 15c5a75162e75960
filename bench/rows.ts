// The table of rows, in the order they run. Loaded one by one: a call for one row pays for no other.

import type { Row } from './row.ts';

export const ROWS: Readonly<Record<string, () => Promise<Row>>> = {
  'cold-hello': async () => (await import('./rows/cold-hello.ts')).coldHello,
  'chain-10': async () => (await import('./rows/chain-10.ts')).chain10,
  'save-array': async () => (await import('./rows/save-array.ts')).saveArray,
  'load-array': async () => (await import('./rows/load-array.ts')).loadArray,
  'analyse-300': async () => (await import('./rows/analyse-300.ts')).analyse300,
  'bikes': async () => (await import('./rows/bikes.ts')).bikes,
  'small-step': async () => (await import('./rows/small-step.ts')).smallStep,
  'carry-100mb': async () => (await import('./rows/carry-100mb.ts')).carry100mb,
  'resume-10': async () => (await import('./rows/resume-10.ts')).resume10,
  'cached-100': async () => (await import('./rows/cached-100.ts')).cached100,
  'kill-1000': async () => (await import('./rows/kill-1000.ts')).kill1000,
  's3-small': async () => (await import('./rows/s3.ts')).s3Small,
  's3-large': async () => (await import('./rows/s3.ts')).s3Large,
  's3-runs-100000': async () => (await import('./rows/s3-runs-100000.ts')).s3Runs100000,
  'pod': async () => (await import('./rows/pod.ts')).pod,
  'foreach-1000': async () => (await import('./rows/foreach-1000.ts')).foreach1000,
  'null-100000': async () => (await import('./rows/null-100000.ts')).null100000,
  'runs-100000': async () => (await import('./rows/runs-100000.ts')).runs100000,
  'bind-array': async () => (await import('./rows/bind-array.ts')).bindArray,
  'print-320k': async () => (await import('./rows/print-320k.ts')).print320k,
};

// What a report shows, read from the store. Outputs of other people's runs lose what could act, here too.

import { readFinalArtifacts, readMetrics } from '@headwater/engine';
import type { ReadRun } from '../runs/read-run.ts';
import { readFlow } from '../runs/read-flow.ts';
import { viewRun } from '../runs/view-run.ts';
import { readExecuted } from '../runs/read-executed.ts';
import { makeReport, type FrameHead } from './make-report.ts';

/** For `user`, who may be another than made the run. */
export async function readReport(found: ReadRun, user: string): Promise<string> {
  const { store, id, record, summary, folded } = found;
  const [metrics, artifacts, notebook, flow] = await Promise.all([
    readMetrics(store, id, folded.state), readFinalArtifacts(store, id, folded.state), readExecuted(found, user), readFlow(store, record.snapshot, record.notebook),
  ]);
  return makeReport({
    view: viewRun({ record, summary, folded, flow, user, since: null }),
    flow,
    metrics: Object.fromEntries(metrics),
    frames: artifacts.flatMap(({ name, artifact }) => readFrame(name, artifact.preview)),
    cells: notebook.cells,
  });
}

/** A preview comes from a file: every part is looked at before it is used. */
function readFrame(name: string, preview: unknown): FrameHead[] {
  if (typeof preview !== 'object' || preview === null) return [];
  const { kind, rows, columns, fields, head } = preview as Readonly<Record<string, unknown>>;
  if (kind !== 'frame' || !Array.isArray(fields) || !Array.isArray(head)) return [];
  return [{
    name,
    rows: Number(rows),
    columns: Number(columns),
    fields: fields.map((field: unknown) => (typeof field === 'object' && field !== null && 'name' in field ? String(field.name) : '')),
    head: head.filter((line): line is unknown[] => Array.isArray(line)),
  }];
}

// What every method of the service answers, and what it tells without being asked.

import type { ArtifactRow, PreviewView, TablePage } from './artifacts.ts';
import type { Welcome } from './connection.ts';
import type { Analysis, CellDiff, PlacedOutputs, TextPart } from './notebook.ts';
import type { Method } from './params.ts';
import type { Comparison, LogHits, LogPart, RunMetrics, RunPage, RunRow, RunView, StartReply, StoreView, TaskMap, TaskPage, TaskView } from './runs.ts';

interface Answers {
  hello: Welcome;
  analyse: Analysis;
  start: StartReply;
  resume: StartReply;
  stop: null;
  store: StoreView;
  runs: RunPage;
  run: RunView;
  watchRun: null;
  watchRuns: null;
  tasks: TaskPage;
  taskMap: TaskMap;
  task: TaskView;
  logs: LogPart;
  searchLogs: LogHits;
  artifacts: readonly ArtifactRow[];
  preview: PreviewView;
  table: TablePage;
  executed: TextPart;
  diff: readonly CellDiff[];
  outputs: PlacedOutputs;
  compare: Comparison;
  metrics: RunMetrics;
  report: TextPart;
  support: { readonly text: string };
}
export type Answer<M extends Method> = Answers[M];

export interface Notifications {
  /** The newest state of a watched run; null when it was deleted. */
  runChanged: { readonly store: string; readonly run: string; readonly view: RunView | null };
  /** Rows that are new or changed, and runs that are gone. */
  runsChanged: { readonly store: string; readonly rows: readonly RunRow[]; readonly gone: readonly string[] };
  /** A run that was asked for is not started yet: in a clause what is made for it, where that takes its time. `notebook` as it was asked for. */
  preparing: { readonly notebook: string; readonly what: string };
}
export type Notification = keyof Notifications;

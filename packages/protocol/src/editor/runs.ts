// Runs, steps and tasks as editors show them. Times are milliseconds since the epoch, durations milliseconds, memory bytes.

import type { Diagnostic } from '../diagnostics.ts';
import type { Problem } from '../errors.ts';
import type { PlannedStep, RunStatus, TaskStatus } from '../events.ts';
import type { Failure } from '../manifest.ts';
import type { Output } from '../output-log.ts';

export interface StoreView {
  /** What later requests name it by. */
  readonly store: string;
  /** Why there is nothing to see: no store yet, unreadable, newer. Null when it can be read. */
  readonly problem: Problem | null;
}

/** One line of the list of runs. */
export interface RunRow {
  readonly run: string;
  readonly flow: string;
  readonly number: number;
  readonly notebook: string;
  readonly status: RunStatus;
  readonly started: number;
  readonly ended: number | null;
  readonly by: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
  readonly resumes: string | null;
  /** Steps by how they stand, setup left out. */
  readonly count: { readonly done: number; readonly failed: number; readonly total: number };
  readonly failed: { readonly task: string; readonly type: string; readonly message: string } | null;
}

export interface RunPage {
  readonly rows: readonly RunRow[];
  /** For `after` of the next page; null at the end. */
  readonly next: string | null;
  /** Runs of the flow, or of the store; and how many each chip would show, null while they are being counted. */
  readonly total: number;
  readonly counts: { readonly running: number; readonly failed: number; readonly tagged: number } | null;
  readonly flows: readonly string[];
  /** A word of the filter that means nothing, in a sentence. */
  readonly complaint: string | null;
}

/** A step's state: a task's, or that no task was ever made. */
export type StepStatus = TaskStatus | 'not reached';

export interface AttemptView {
  /** `train.0` */
  readonly id: string;
  readonly number: number;
  readonly status: TaskStatus;
  readonly issued: number;
  readonly began: number | null;
  /** When it stopped before its first effect outside, and what that was. */
  readonly held: { readonly at: number; readonly effect: string } | null;
  readonly executed: number | null;
  readonly settled: number | null;
  /** The attempt of an earlier run whose result it is. */
  readonly origin: string | null;
  /** Why it was discarded or died. */
  readonly sentence: string | null;
}

export interface StepView {
  readonly name: string;
  readonly kind: 'step' | 'setup';
  readonly status: StepStatus;
  /** Positions in the notebook. */
  readonly cells: readonly number[];
  readonly openness: PlannedStep['openness'];
  readonly began: number | null;
  readonly ended: number | null;
  /** Load, run and save together; null until it has executed. */
  readonly ms: number | null;
  readonly overheadMs: number | null;
  readonly peakBytes: number | null;
  readonly warnings: readonly string[];
  readonly attempts: readonly AttemptView[];
}

export interface EdgeView {
  readonly from: string;
  readonly to: string;
  readonly names: readonly string[];
  /** What was really read, or only what the analysis predicts. */
  readonly seen: boolean;
}

export interface FailureView extends Failure {
  readonly task: string;
  readonly attempt: string | null;
}

export interface RunView extends RunRow {
  readonly steps: readonly StepView[];
  readonly edges: readonly EdgeView[];
  /** Those that differ, the one that ended the run first. */
  readonly failures: readonly FailureView[];
  readonly environment: {
    readonly python: string;
    readonly why: string;
    readonly version: string | null;
    readonly ipython: string | null;
    readonly isolation: string | null;
    readonly platform: string;
    readonly engine: string;
    readonly git: { readonly commit: string; readonly dirty: boolean } | null;
    readonly workers: number | null;
  };
  /** Every parameter of the flow as it ran: given or default. */
  readonly values: readonly { readonly name: string; readonly value: string; readonly changed: boolean; readonly default: string | null }[];
  /** Made by another user: outputs are shown without active parts. */
  readonly foreign: boolean;
}

export interface TaskView {
  readonly step: StepView;
  readonly failure: Failure | null;
  /** Name read → the attempt that had made it. */
  readonly reads: readonly { readonly name: string; readonly from: string | null }[];
  readonly files: { readonly read: readonly string[]; readonly written: readonly string[] };
  readonly cells: readonly { readonly index: number; readonly number: number; readonly source: string }[];
  /** Names bound, for Restore step: what stood when it began, and at the failure. */
  readonly before: readonly string[];
  readonly made: readonly string[];
}

export interface LogPart {
  readonly frames: readonly Output[];
  /** Bytes of the first frame and after the last; the log's size as it is now. */
  readonly first: number;
  readonly next: number;
  readonly size: number;
  /** Nothing will be added. */
  readonly ended: boolean;
}

export interface LogHits {
  /** Byte offsets of frames that hold the words, with the line found; at most 500. */
  readonly hits: readonly { readonly offset: number; readonly line: string }[];
  readonly more: boolean;
}

export type StartReply =
  | { readonly type: 'started'; readonly store: string; readonly run: string; readonly python: string; readonly why: string; readonly diagnostics: readonly Diagnostic[] }
  | { readonly type: 'refused'; readonly problem: Problem; readonly diagnostics: readonly Diagnostic[] };

export interface Comparison {
  /** In the order asked; a run that is gone has a null. */
  readonly runs: readonly (RunRow | null)[];
  readonly sections: readonly {
    readonly title: 'parameters' | 'durations' | 'artifacts' | 'code' | 'environment';
    readonly rows: readonly { readonly name: string; readonly cells: readonly (string | null)[]; readonly same: boolean }[];
  }[];
}

// Runs, steps and tasks as editors show them. Times are milliseconds since the epoch, durations milliseconds, memory bytes.

import type { Closes, Control } from '../control.ts';
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
  /** The first task that failed; how many of its step's did. */
  readonly failed: { readonly task: string; readonly type: string; readonly message: string; readonly tasks: number; readonly of: number } | null;
  /** The foreach that is under way, or null. */
  readonly inside: { readonly step: string; readonly done: number; readonly failed: number; readonly total: number } | null;
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

/** A step as the sum of its tasks: one, or one an element of the lists around it, one a round of its `until`. */
export interface StepView {
  readonly name: string;
  readonly kind: 'step' | 'setup';
  readonly status: StepStatus;
  /** Positions in the notebook. */
  readonly cells: readonly number[];
  readonly openness: PlannedStep['openness'];
  readonly control: Control;
  /** The end of the run that it waits for, or null. */
  readonly closes: Closes | null;
  /** The foreach steps it is a branch of, outermost first; its own included. */
  readonly inside: readonly string[];
  /** Tasks, those still to come included, and how they stand. */
  readonly tasks: number;
  readonly counts: Readonly<Partial<Record<StepStatus, number>>>;
  readonly began: number | null;
  readonly ended: number | null;
  /** Load, run and save of all tasks together; null until one has executed. */
  readonly ms: number | null;
  /** Of a single task: how much of that was not its cells. */
  readonly overheadMs: number | null;
  /** The most of any task. */
  readonly peakBytes: number | null;
  /** What its tag `memory` asks for, for each task. */
  readonly memoryBytes: number | null;
  readonly warnings: readonly string[];
  /** How it ended, in a few words: which condition did not hold, that `max` was reached. */
  readonly note: string | null;
  /** Attempts of all tasks. */
  readonly tries: number;
  /** Of a step outside of any foreach, the newest at most `MOST_ATTEMPTS`. */
  readonly attempts: readonly AttemptView[];
  /** Of a step in a foreach: tasks that ran at once, in equal parts of the time from `began` to `ended`; else null. */
  readonly activity: readonly number[] | null;
}

export const MOST_ATTEMPTS = 200;

/** One task of a run. */
export interface TaskRow {
  /** `train[3]`, `fit@4` */
  readonly task: string;
  readonly step: string;
  /** Name and short text of each item around it, outermost first. */
  readonly items: readonly (readonly [name: string, label: string])[];
  readonly iteration: number | null;
  readonly status: StepStatus;
  /** The last attempt, or null when there was none. */
  readonly attempt: string | null;
  readonly attempts: number;
  readonly issued: number | null;
  readonly began: number | null;
  readonly executed: number | null;
  readonly ms: number | null;
  readonly peakBytes: number | null;
  /** The error, or why it was skipped or tried again. */
  readonly happened: string | null;
}

export interface TaskPage {
  readonly rows: readonly TaskRow[];
  /** For `after` of the next page; null at the end. */
  readonly next: string | null;
  readonly matching: number;
  readonly total: number;
}

/** The tasks of a step in the order of its list as at most `MOST_SQUARES` squares, each standing for one or for a range. */
export interface TaskMap {
  readonly total: number;
  readonly squares: readonly {
    /** The first task, and the last where it stands for several. */
    readonly task: string;
    readonly last: string | null;
    readonly tasks: number;
    /** The worst of them. */
    readonly status: StepStatus;
    readonly failed: number;
    /** Items of the first, `lr=0.1`. */
    readonly label: string;
  }[];
}

export const MOST_SQUARES = 400;

export interface EdgeView {
  readonly from: string;
  readonly to: string;
  readonly names: readonly string[];
  /** What was really read, or only what the analysis predicts. */
  readonly seen: boolean;
}

/** An error, with every task that failed with it: numbers and quoted texts in its message aside. */
export interface FailureView extends Failure {
  /** The first of them. */
  readonly task: string;
  readonly attempt: string | null;
  readonly step: string;
  /** At most `MOST_NAMED`, in order. */
  readonly tasks: readonly string[];
  readonly count: number;
}

export const MOST_NAMED = 20;

export interface InstalledChange {
  readonly name: string;
  readonly before: string | null;
  readonly now: string | null;
}

export interface BuiltEnvironment {
  /** Steps that have it for themselves; null: everything that has none. */
  readonly steps: readonly string[] | null;
  readonly why: string;
  readonly python: string;
  /** Name → version, in order. */
  readonly packages: readonly (readonly [string, string])[];
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
    /** Those that were built for it; older services have none to tell of. */
    readonly built?: readonly BuiltEnvironment[];
    /** Of a run that goes on from another: what is installed now and was not, or in another version; null where one does not say. */
    readonly since?: readonly InstalledChange[] | null;
  };
  /** Every parameter of the flow as it ran: given or default. */
  readonly values: readonly { readonly name: string; readonly value: string; readonly changed: boolean; readonly default: string | null }[];
  /** Made by another user: outputs are shown without active parts. */
  readonly foreign: boolean;
}

export interface TaskView {
  readonly step: StepView;
  readonly task: TaskRow;
  /** Processor time of its last attempt; null where it was reused, or did not get so far. */
  readonly cpuMs: number | null;
  readonly attempts: readonly AttemptView[];
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
    readonly title: 'parameters' | 'metrics' | 'durations' | 'artifacts' | 'code' | 'environment';
    readonly rows: readonly { readonly name: string; readonly cells: readonly (string | null)[]; readonly same: boolean }[];
  }[];
}

/** Of each run asked for what it logged last by each name, first logged first; null for a run that is gone. */
export type RunMetrics = readonly (Readonly<Record<string, number>> | null)[];

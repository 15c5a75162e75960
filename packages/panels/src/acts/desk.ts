// What running and loading need of an editor: its open notebooks, their kernels, and its way to speak with the person.

import type { Analysis, Parameter, PlacedOutputs, Problem } from '@headwater/protocol';
import type { KernelAnswer, KernelRequest } from '../client/kernel-request.ts';
import type { Listeners } from './listeners.ts';

/** What became of a request to a kernel; `no-kernel` where it could not even be asked. */
export type Reply = KernelAnswer | { readonly status: 'no-kernel'; readonly problem: Problem } | { readonly status: 'cancelled' };

/** Says that something waits for a kernel. `cancel` takes it back, null where that is too late; returns what ends the notice. */
export type Queued = (cancel: (() => void) | null) => () => void;

export interface LiveKernel {
  /** Whether a cell is running: what is asked waits behind it. */
  readonly busy: boolean;
  ask(request: KernelRequest, queued: Queued): Promise<Reply>;
  /** It was restarted or replaced: everything in it is gone. Returns what ends it. */
  onLost(listener: () => void): () => void;
}

/** A notebook that is open, and what is known of it. */
export interface WorkNotebook {
  /** As the person knows it: churn.ipynb */
  readonly name: string;
  /** Where it is for the service, or why it is nowhere. */
  readonly place: string | Problem;
  readonly analysis: Analysis | null;
  readonly problem: Problem | null;
  readonly changed: Listeners;
  readonly kernel: LiveKernel;
  /** As it is in the editor, saved or not. */
  text(): string;
  /** Analyses it now. */
  look(): Promise<void>;
  /** The interpreter of its kernel where that is known, or null. */
  python(): string | null | Promise<string | null>;
  /** A code cell below the active one. */
  insertCell(source: string): void;
  putOutputs(cells: PlacedOutputs['cells']): void | Promise<void>;
}

export interface Action {
  readonly label: string;
  readonly run: () => void;
}

export type Tone = 'info' | 'success' | 'warning' | 'error';

export type NameChoice = { readonly kind: 'as'; readonly name: string } | { readonly kind: 'replace' } | null;

export interface Desk {
  /** The notebook last used, or null. */
  readonly notebook: WorkNotebook | null;
  /** The step of its active cell, or null. */
  readonly activeStep: string | null;
  goToCell(cell: number, line?: number): void;
  /** Returns what takes it back, where the host can do that. */
  say(text: string, tone: Tone, actions?: readonly Action[]): () => void;
  /** Something the person asked for could not be done. */
  sayProblem(title: string, problem: Problem, actions?: readonly Action[]): Promise<void>;
  /** Something is waited for; `cancel` ends the waiting where that is still safe. Returns what ends the notice. */
  sayWaiting(text: string, cancel: (() => void) | null): () => void;
  /** True for the named button; the safe choice is the default. */
  ask(title: string, body: string, act: string): Promise<boolean>;
  /** `best` is a Pipeline already: load as another name, or replace it. */
  chooseName(name: string, was: string, proposal: string): Promise<NameChoice>;
  /** Name → value as typed, only those that differ from the notebook's; null when it was cancelled. */
  askParameters(analysis: Analysis, place: string, title: string): Promise<Record<string, string> | null>;
}

/** Values to begin a form with: those of the newest run, for parameters that are still there. */
export function lastValuesOf({ lastValues, parameters }: Analysis): Record<string, string> {
  return Object.fromEntries(Object.entries(lastValues).filter(([name]) => parameters.some((parameter) => parameter.name === name)));
}

/** What can be chosen for a parameter, or null where it is typed. */
export function choicesOf({ choices, type }: Parameter): readonly string[] | null {
  return choices ?? (type === 'bool' ? ['True', 'False'] : null);
}

/** The command that does the same. */
export function runCommand(place: string, values: Readonly<Record<string, string>>): string {
  return ['headwater run', quote(place), ...Object.entries(values).map(([name, value]) => `-p ${quote(`${name}=${value}`)}`)].join(' ');
}

const quote = (text: string) => (/^[\w./=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

// For tests: notebooks as literals, and flows as text to compare as a whole.

import type { Diagnostic, Edge, Flow, Step } from '@headwater/protocol';
import { createAnalyser } from '../analyse.ts';

const analyser = await createAnalyser();

export interface NotebookExtras {
  readonly path?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** A cell is `tags | source`; a line that begins with `#>` is text. Cells are divided by lines of `---`. */
export function makeNotebook(text: string, { metadata = {} }: NotebookExtras = {}): string {
  const cells = text.replace(/^\n|\n\s*$/g, '').split(/^---\n/m).map((each) => {
    if (each.startsWith('#>')) return { cell_type: 'markdown', metadata: {}, source: each.slice(2).trim() };
    const { tags = '', source = '' } = /^(?<tags>[^|\n]*)\|(?: ?\n| )?(?<source>[\s\S]*)$/.exec(each)?.groups ?? {};
    return { cell_type: 'code', execution_count: null, outputs: [], metadata: { tags: tags.split(/\s+/).filter((tag) => tag !== '') }, source: source.replace(/\n$/, '') };
  });
  return JSON.stringify({ nbformat: 4, nbformat_minor: 4, metadata, cells });
}

export function analyse(text: string, extras: NotebookExtras = {}): Flow {
  return analyser.analyse(makeNotebook(text, extras), { path: extras.path ?? 'churn.ipynb' });
}

export function analyseText(text: string, path: string): Flow {
  return analyser.analyse(text, { path });
}

export function propose(text: string): string[] {
  return analyser.propose(makeNotebook(text), { path: 'churn.ipynb' }).map(({ cell, tags }) => `${cell} ${tags.join(' ')}`);
}

// ---------------------------------------------------------------- as text

/** The whole flow, one line each: cells' roles, steps with their names, edges, parameters, diagnostics. */
export function show(flow: Flow): string {
  return [
    ...flow.steps.map(showStep),
    ...flow.edges.map(showEdge),
    ...flow.parameters.map(({ name, type, default: value, help }) => `-p ${name}: ${type} = ${value ?? ''}${help === null ? '' : ` (${help})`}`),
    ...flow.diagnostics.map(showDiagnostic),
  ].join('\n');
}

function showStep({ name, cells, names }: Step): string {
  const openness = names.openness === 'closed' ? '' : ` !${names.openness}: ${names.reason ?? ''}`;
  const deletes = names.deletes.length === 0 ? '' : ` del ${names.deletes.join(' ')}`;
  const writers = names.writers.length === 0 ? '' : ` writers ${names.writers.join(' ')}`;
  return `${name} [${cells.join(' ')}] ${names.reads.join(' ')} → ${names.binds.join(' ')}${deletes}${writers}${openness}`.replace(/ +/g, ' ').trim();
}

export function showEdge({ from, to, names, why }: Edge): string {
  return `${from} > ${to}${why === 'data' ? '' : ` (${why})`}${names.length === 0 ? '' : ` ${names.join(' ')}`}`;
}

function showDiagnostic({ code, severity, cell, range, sentence }: Diagnostic): string {
  const place = range === null ? '' : `:${range.start.line}:${range.start.column}-${range.end.line}:${range.end.column}`;
  return `${severity} ${code} ${cell ?? '-'}${place} ${sentence}`;
}

export function diagnostics(text: string, extras: NotebookExtras = {}): string[] {
  return analyse(text, extras).diagnostics.map(showDiagnostic);
}

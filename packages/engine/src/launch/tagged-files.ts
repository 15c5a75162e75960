// Files that `reads:` names, as they stand before the run: there, plain, and inside the project.

import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { formatBytes, isGlob, matchesGlob, UserError, type Diagnostic, type Flow, type Step } from '@headwater/protocol';
import type { Prepared } from './prepare.ts';

/** From here on keeping a file takes seconds and room that a person would want to know of: 1 GB. */
const LARGE = 2 ** 30;

/** Relative to `folder`, sorted; what begins with a dot is not looked into. */
export function expandGlob(folder: string, glob: string): string[] {
  if (!isGlob(glob)) return lstatSync(path.join(folder, glob), { throwIfNoEntry: false }) === undefined ? [] : [glob];
  const parts = glob.split('/');
  const head = parts.slice(0, parts.findIndex(isGlob));
  const depth = parts.includes('**') ? Infinity : parts.length - head.length;
  return walk(folder, head.join('/'), depth).filter((file) => matchesGlob(glob, file)).sort();
}

function walk(folder: string, at: string, depth: number): string[] {
  const place = path.join(folder, at);
  if (depth <= 0 || statSync(place, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(place, { withFileTypes: true }).flatMap((entry) => {
    const name = at === '' ? entry.name : `${at}/${entry.name}`;
    if (entry.isDirectory()) return entry.name.startsWith('.') ? [] : walk(folder, name, depth - 1);
    return [name];
  });
}

/** Files of the project that steps read by their tags, or that are given as parameters: they travel with the code. */
export function taggedFiles({ flow, folder, parameters }: Pick<Prepared, 'flow' | 'folder' | 'parameters'>): string[] {
  const given = flow.parameters.flatMap(({ name, type }) => (type === 'path' ? [parameters[name] ?? ''] : []));
  return [...new Set([...given, ...flow.steps.flatMap(({ asks }) => asks.reads.flatMap((glob) => expandGlob(folder, glob)))])].filter((name) => name !== '').sort();
}

/** Throws UserError for what no step above could still bring about. */
export function refuseFiles({ flow, folder, project }: Pick<Prepared, 'flow' | 'folder' | 'project'>): void {
  for (const step of flow.steps) for (const glob of step.asks.reads) checkGlob(glob, { flow, step, folder, project });
}

interface Reading {
  readonly flow: Flow;
  readonly step: Step;
  readonly folder: string;
  readonly project: string;
}

function checkGlob(glob: string, { flow, step, folder, project }: Reading): void {
  const found = expandGlob(folder, glob);
  const isMade = flow.edges.some(({ to, why, names }) => to === step.name && why === 'file' && names.includes(glob));
  if (found.length === 0 && !isMade) {
    throw new UserError('no-file', `Step \`${step.name}\` reads \`${glob}\`, and there is no such file.`, `It is looked for from ${folder}. A step above that makes it says so with \`writes:\`.`);
  }
  for (const name of found) {
    const facts = statSync(path.join(folder, name), { throwIfNoEntry: false });
    if (facts?.isDirectory() === true) throw new UserError('folder-tag', `Step \`${step.name}\` reads \`${glob}\`, which is a folder.`, `Say which files: \`reads:${glob}/*\`, or \`reads:${glob}/**/*\` for all below.`);
    if (facts !== undefined && leadsOut(project, path.join(folder, name))) throw new UserError('link-out', `Step \`${step.name}\` reads ${name}, a link that leads out of the project.`, 'Only what is in the project travels with a run: copy it there.');
  }
}

function leadsOut(project: string, file: string): boolean {
  return path.relative(realpathSync(project), realpathSync(file)).startsWith('..');
}

/** What keeping the files of `reads:` costs, where it is much: the run waits for it before the cells and the store grows by it. */
export function noteLargeFiles({ flow, folder }: Pick<Prepared, 'flow' | 'folder'>): Diagnostic[] {
  return flow.steps.flatMap(({ name, asks }) => asks.reads.flatMap((glob) => expandGlob(folder, glob)).flatMap((file) => {
    const size = statSync(path.join(folder, file), { throwIfNoEntry: false })?.size ?? 0;
    return size < LARGE ? [] : [describeLarge(flow, name, `${file}, ${formatBytes(size)}`)];
  }));
}

function describeLarge(flow: Flow, step: string, file: string): Diagnostic {
  const start = { line: 0, column: 0 };
  return {
    code: 'large-file', severity: 'warning', cell: flow.cells.findIndex((cell) => cell.step === step), range: { start, end: start },
    sentence: `Step \`${step}\` reads ${file}: it is hashed before every attempt, and a copy of it is kept in the store.`,
    hint: 'Without the tag `reads:` the step reads it all the same, and it is not kept.', fix: null,
  };
}

// `headwater diff`: two runs beside each other, what differs.

import { styleText } from 'node:util';
import { formatRunId } from '@headwater/protocol';
import { diffRuns, type Pair, type RunDiff } from '@headwater/engine';
import { EXIT } from '../exit.ts';
import { formatDuration } from '../render/numbers.ts';
import { printTable } from '../render/table.ts';
import type { GlobalOptions } from '../verbs.ts';
import { findRun } from './find-run.ts';

const SECTIONS: readonly (readonly [title: string, key: keyof RunDiff])[] = [
  ['Parameters', 'parameters'], ['Metrics', 'metrics'], ['Artifacts', 'artifacts'], ['Code', 'code'], ['Environment', 'environment'],
];

export async function diff(args: readonly string[], options: Readonly<Record<string, unknown>>, shared: GlobalOptions): Promise<number> {
  const [a, b] = [await findRun(args[0] ?? '', shared), await findRun(args[1] ?? '', shared)];
  const found = await diffRuns(a.store, a.run, b.run);
  if (shared.json === true) {
    process.stdout.write(`${JSON.stringify({ a: formatRunId(a.run), b: formatRunId(b.run), ...found })}\n`);
    return EXIT.done;
  }
  const names = [formatRunId(a.run), formatRunId(b.run)];
  for (const [title, key] of SECTIONS) printSection(title, found[key], { names, all: options['all'] === true });
  printDurations(found.durations, names);
  return EXIT.done;
}

function printSection(title: string, pairs: readonly Pair[], { names, all }: { names: readonly string[]; all: boolean }): void {
  if (pairs.length === 0) return;
  const different = pairs.filter(({ differs }) => differs);
  process.stdout.write(`${title}  ${styleText('gray', `${different.length} differ, ${pairs.length - different.length} same`)}\n`);
  const shown = all ? pairs : different;
  if (shown.length === 0) return;
  printTable(['  ', '', ...names, ''], shown.map((each) => ['  ', each.name, show(each.a), show(each.b), changeOf(each)]));
}

function printDurations(pairs: readonly Pair[], names: readonly string[]): void {
  if (pairs.length === 0) return;
  process.stdout.write('Durations\n');
  printTable(['  ', '', ...names], pairs.map(({ name, a, b }) => ['  ', name, time(a), time(b)]));
}

const time = (ms: Pair['a']) => (typeof ms === 'number' ? formatDuration(ms) : '–');
const show = (value: Pair['a']) => (value === null ? '–' : typeof value === 'number' ? String(Number(value.toPrecision(8))) : value);

/** Of two numbers the change, without a word on which is better; of values that look alike that they are not. */
function changeOf({ a, b, differs }: Pair): string {
  if (!differs) return '';
  if (typeof a === 'number' && typeof b === 'number') return `${b > a ? '↑' : '↓'} ${Number(Math.abs(b - a).toPrecision(3))}`;
  return a === b ? 'another content' : '';
}

// `headwater gc`: what no run refers to goes away, and runs that the settings or the command line let go.

import { UserError, formatBytes } from '@headwater/protocol';
import { collect, findRepository, readRetention, type Collected, type Retention } from '@headwater/engine';
import { EXIT } from '../exit.ts';
import type { GlobalOptions } from '../verbs.ts';
import { openNamedStore } from './find-run.ts';

export async function gc(_: readonly string[], options: Readonly<Record<string, unknown>>, shared: GlobalOptions): Promise<number> {
  const store = await openNamedStore(shared);
  const retention = withOptions(readRetention(findRepository(process.cwd()) ?? process.cwd()), options);
  const dryRun = options['dryRun'] === true;
  const found = await collect(store, { retention, dryRun, now: Date.now() });
  if (shared.json === true) process.stdout.write(`${JSON.stringify({ type: 'gc', dryRun, ...found })}\n`);
  else for (const line of describe(found, dryRun)) process.stdout.write(`${line}\n`);
  return EXIT.done;
}

function describe({ runs, blobs, bytes, kept, spared }: Collected, dryRun: boolean): string[] {
  const verb = dryRun ? 'Would delete' : 'Deleted';
  return [
    ...runs.map((run) => `${verb} ${run}`),
    `${verb} ${blobs} ${blobs === 1 ? 'blob' : 'blobs'} that no run refers to, ${formatBytes(bytes)}; ${formatBytes(kept)} of values stay.`,
    ...(spared === 0 ? [] : [`${spared} more were used lately: they stay while a run may still refer to them.`]),
  ];
}

function withOptions(retention: Retention, options: Readonly<Record<string, unknown>>): Retention {
  return { ...retention, runs: readNumber(options['keepRuns'], '--keep-runs', 1) ?? retention.runs, days: readNumber(options['keepDays'], '--keep-days', 0) ?? retention.days };
}

function readNumber(value: unknown, option: string, least: number): number | null {
  if (typeof value !== 'string') return null;
  const number = Number(value);
  if (!Number.isInteger(number) || number < least) throw new UserError('bad-value', `\`${option} ${value}\` is not a whole number from ${least} up.`, null);
  return number;
}

// Results as a file: `bench/results/DATE-COMMIT.json`. Rows measured again for the same commit on the same day replace their earlier selves.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { RESULTS, ROOT } from '../places.ts';
import { describeMachine, describeVersion, listPins, type Machine, type Version } from './machine.ts';
import type { RowResult } from './result.ts';

interface Results extends Version {
  readonly date: string;
  readonly machine: Machine;
  readonly peers: readonly string[];
  readonly rows: readonly RowResult[];
}

/** Returns the file. */
export function keepResults(rows: readonly RowResult[]): string {
  const version = describeVersion();
  const date = new Date().toISOString().slice(0, 10);
  const file = path.join(RESULTS, `${date}-${version.commit}.json`);
  const measured = new Set(rows.map((row) => row.name));
  const before = readRows(file).filter((row) => !measured.has(row.name));
  const results: Results = { date, ...version, machine: describeMachine(), peers: listPins(), rows: [...before, ...rows] };
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(file, `${JSON.stringify(results, plainValue, 1)}\n`);
  return file;
}

function readRows(file: string): readonly RowResult[] {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Results).rows : [];
}

/** Microseconds are enough; and a note that quotes an error must not tell where this machine keeps the project. */
function plainValue(_: string, value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(ROOT, '.');
  return typeof value === 'number' ? Math.round(value * 1_000) / 1_000 : value;
}

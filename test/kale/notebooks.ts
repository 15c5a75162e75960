// Kale's own notebooks, unedited: those in its released package, and all its examples where a copy of its repository is at hand.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PYTHON } from '../helpers/project.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const VERSION = '2.3.0';
const PACKAGE = path.join(ROOT, '.cache/kale', VERSION);

/** The folder of the released package, fetched once from the package index. */
export function fetchPackage(): string {
  if (!existsSync(PACKAGE)) {
    mkdirSync(path.dirname(PACKAGE), { recursive: true });
    execFileSync(PYTHON, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--target', PACKAGE, `kubeflow-kale==${VERSION}`], { stdio: 'inherit' });
  }
  return PACKAGE;
}

interface Cell {
  readonly cell_type: string;
  readonly metadata: { readonly tags?: readonly string[] };
}

export interface KaleNotebook {
  readonly file: string;
  /** What the author wrote as `prev:`: [before, after]. */
  readonly order: readonly (readonly [string, string])[];
  readonly steps: readonly string[];
}

/** All notebooks under a folder whose cells are tagged as steps. */
export function readKaleNotebooks(folder: string): KaleNotebook[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ipynb')).sort();
  return files.map((file) => readOrder(path.join(folder, file))).filter(({ steps }) => steps.length > 0);
}

function readOrder(file: string): KaleNotebook {
  const { cells } = JSON.parse(readFileSync(file, 'utf8')) as { cells: readonly Cell[] };
  const order: [string, string][] = [];
  const steps = new Set<string>();
  for (const { metadata } of cells) {
    const names = valuesOf(metadata.tags, 'step', 'block');
    for (const name of names) {
      steps.add(name);
      for (const before of valuesOf(metadata.tags, 'prev')) order.push([before, name]);
    }
  }
  return { file, order, steps: [...steps] };
}

function valuesOf(tags: readonly string[] = [], ...kinds: string[]): string[] {
  return tags.filter((tag) => kinds.some((kind) => tag.startsWith(`${kind}:`))).map((tag) => tag.slice(tag.indexOf(':') + 1)).filter((value) => value !== '');
}

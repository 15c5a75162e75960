// The sections of a notebook, by the headings above its cells; without headings, by what the cells do.

import type { CellFacts } from '../facts/find-facts.ts';
import type { RawCell } from '../read/notebook.ts';
import { nameStep } from './name-step.ts';

export interface SectionCell {
  readonly cell: RawCell;
  /** Name of the step that its section would be. */
  readonly section: string;
}

export function findSections(cells: readonly RawCell[], factsOf: (source: string) => CellFacts): SectionCell[] {
  const sections = new Sections(chooseLevel(cells));
  return cells.flatMap((cell) => {
    if (cell.type === 'code') return [{ cell, section: sections.place(factsOf(cell.source)) }];
    sections.read(cell);
    return [];
  });
}

class Sections {
  readonly #level: number;
  readonly #taken = new Set<string>();
  /** By the last heading that divides; null above the first. */
  #headed: string | null = null;
  /** What is being done where no heading says it. */
  #doing: { readonly kind: string; readonly section: string } | null = null;

  constructor(level: number) {
    this.#level = level;
  }

  read(cell: RawCell): void {
    const heading = headingsOf(cell).findLast((each) => each.level <= this.#level);
    if (heading !== undefined) this.#headed = free(nameStep(heading.text), this.#taken);
  }

  place(facts: CellFacts): string {
    if (this.#headed !== null) return this.#headed;
    const kind = kindOf(facts, this.#doing?.kind ?? null);
    // Imports and definitions do not end what is being done.
    if (kind !== this.#doing?.kind && !isPlainSetup(facts)) this.#doing = { kind, section: free(kind, this.#taken) };
    return this.#doing?.section ?? kind;
  }
}

function isPlainSetup({ setupNeeds, imports }: CellFacts): boolean {
  return setupNeeds !== null && setupNeeds.every((name) => imports.includes(name));
}

/** Names of sections differ, whatever their headings. */
function free(name: string, taken: Set<string>): string {
  let number = 1;
  while (taken.has(number === 1 ? name : `${name}-${number}`)) number += 1;
  const own = number === 1 ? name : `${name}-${number}`;
  taken.add(own);
  return own;
}

interface Heading {
  readonly level: number;
  readonly text: string;
}

function headingsOf({ source }: RawCell): Heading[] {
  return [...source.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^(?<marks>#{1,4})\s+(?<text>.+?)\s*#*$/gm)].map((match) => ({ level: match.groups?.['marks']?.length ?? 1, text: match.groups?.['text'] ?? '' }));
}

/** The highest level that divides the notebook; a single heading at the top is its title. */
function chooseLevel(cells: readonly RawCell[]): number {
  const levels = cells.filter((cell) => cell.type === 'text').flatMap(headingsOf).map((heading) => heading.level);
  return [1, 2, 3, 4].find((level) => levels.filter((each) => each === level).length > 1) ?? Math.max(0, ...levels);
}

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/\.(?:fit|fit_transform|train|compile)\b|\boptimizer\.step\b/, 'train'],
  [/\.(?:predict|predict_proba|score|evaluate)\b|_score\b|confusion_matrix|classification_report/, 'evaluate'],
  [/\b(?:plt|sns|px|go)\.|\.plot\b|\.hist\b/, 'plot'],
  [/\bread_(?:csv|json|parquet|excel|table|sql|pickle)\b|\bload_\w+\(|\bopen\(|fetch_\w+\(|urlretrieve/, 'load'],
  [/\bto_(?:csv|parquet|excel|pickle|json)\b|\bdump\(|\.save\w*\(/, 'save'],
];

/** A cell that says nothing of itself goes on with what was before. */
function kindOf({ prepared }: CellFacts, last: string | null): string {
  const kind = KINDS.find(([pattern]) => pattern.test(prepared.python))?.[1];
  return kind ?? (last === null || last === 'load' ? 'prepare' : last);
}

// Finds what cells do to names, and remembers it: the same cells on top of the same knowledge do the same.

import type { CellFacts } from '../facts/find-facts.ts';
import { sameKnown } from './known.ts';
import { emptyFindings, type Findings } from './findings.ts';
import type { Circumstances, Memory, Notes } from './memory.ts';
import { simulate } from './simulate.ts';
import { Simulation } from './simulation.ts';

export interface PlacedCell {
  /** Position in the notebook. */
  readonly index: number;
  readonly facts: CellFacts;
}

interface Episode {
  readonly cells: readonly PlacedCell[];
  readonly before: Circumstances;
  readonly after: Circumstances;
  readonly notes: Notes;
  readonly findings: Findings;
}

export class Observer {
  /** By the first of the cells; forgotten together with it. */
  readonly #episodes = new WeakMap<CellFacts, Episode>();

  /** Goes through the cells in order; memory afterwards knows what the next may know. */
  observe(cells: readonly PlacedCell[], memory: Memory): Findings {
    const [first] = cells;
    const known = first === undefined ? undefined : this.#episodes.get(first.facts);
    if (known !== undefined && fits(known, cells, memory)) {
      for (const [name, told] of known.notes.told) memory.set(name, told);
      memory.circumstances = known.after;
      return known.findings;
    }
    const episode = watch(cells, memory);
    if (first !== undefined) this.#episodes.set(first.facts, episode);
    return episode.findings;
  }
}

function watch(cells: readonly PlacedCell[], memory: Memory): Episode {
  const findings = emptyFindings();
  const simulation = new Simulation(memory, findings);
  const notes: Notes = { asked: new Map(), told: new Map() };
  const before = memory.circumstances;
  memory.notes = notes;
  for (const { index, facts } of cells) simulate(simulation, index, facts.events);
  memory.notes = null;
  return { cells, before, after: memory.circumstances, notes, findings };
}

function fits(episode: Episode, cells: readonly PlacedCell[], memory: Memory): boolean {
  const sameCells = episode.cells.length === cells.length && cells.every((cell, at) => episode.cells[at]?.facts === cell.facts && episode.cells[at].index === cell.index);
  if (!sameCells || !sameCircumstances(episode.before, memory.circumstances)) return false;
  for (const [name, known] of episode.notes.asked) if (!sameKnown(memory.get(name), known)) return false;
  return true;
}

function sameCircumstances(a: Circumstances, b: Circumstances): boolean {
  return a === b || (a.future === b.future && a.starred.join() === b.starred.join() && a.state.join() === b.state.join());
}

// For tests: what one step does to names, after other steps, from their texts.

import { findFacts } from '../facts/find-facts.ts';
import { emptyFindings, type Findings } from '../names/findings.ts';
import { Memory } from '../names/memory.ts';
import { simulate } from '../names/simulate.ts';
import { Simulation } from '../names/simulation.ts';
import { loadParser } from '../syntax/parser.ts';

const parse = await loadParser();

/** The last text is the step that is looked at; a text may be several cells, divided by a line of `---`. */
export function observeTexts(...texts: readonly string[]): Findings {
  const memory = new Memory();
  let findings = emptyFindings();
  for (const text of texts) {
    findings = emptyFindings();
    const simulation = new Simulation(memory, findings);
    for (const [at, cell] of text.split('\n---\n').entries()) simulate(simulation, at, findFacts(cell, parse).events);
  }
  return findings;
}

/** `reads → binds`, with `?` after names that are bound only on some ways, `del` before deleted ones, `!why` where it is not closed. */
export function summarise(findings: Findings): string {
  const names = (list: Iterable<string>) => [...list].sort().join(' ');
  const binds = [...findings.binds].map(([name, { sure, kind }]) => `${name}${kind === 'change' ? '*' : ''}${sure ? '' : '?'}`);
  const deletes = findings.deletes.size > 0 ? ` del ${names(findings.deletes)}` : '';
  const openness = findings.openness === 'closed' ? '' : ` !${findings.openness}`;
  return `${names(findings.reads.keys())} → ${names(binds)}${deletes}${openness}`.replace(/ +/g, ' ').trim();
}

export function observe(...texts: readonly string[]): string {
  return summarise(observeTexts(...texts));
}

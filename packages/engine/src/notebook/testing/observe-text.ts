// For tests: what one step does to names, after other steps, from their texts.

import { findFacts } from '../facts/find-facts.ts';
import { emptyFindings, type Findings } from '../names/findings.ts';
import { Memory } from '../names/memory.ts';
import { Observer } from '../names/observer.ts';
import { loadParser } from '../syntax/parser.ts';

const parse = await loadParser();

/** The last text is the step that is looked at; a text may be several cells, divided by a line of `---`. */
export function observeTexts(...texts: readonly string[]): Findings {
  const memory = new Memory();
  let index = 0;
  const placed = (source: string) => ({ index: (index += 1), facts: findFacts(source, parse) });
  const all = texts.map((text) => new Observer().observe(text.split('\n---\n').map(placed), memory));
  return all.at(-1) ?? emptyFindings();
}

/** `reads → binds`, with `?` after names that are bound only on some ways, `del` before deleted ones, `!why` where it is not closed. */
function summarise(findings: Findings): string {
  const names = (list: Iterable<string>) => [...list].sort().join(' ');
  const binds = [...findings.binds].map(([name, { sure, kind }]) => `${name}${kind === 'change' ? '*' : ''}${sure ? '' : '?'}`);
  const deletes = findings.deletes.size > 0 ? ` del ${names(findings.deletes)}` : '';
  const openness = findings.openness === 'closed' ? '' : ` !${findings.openness}`;
  return `${names(findings.reads.keys())} → ${names(binds)}${deletes}${openness}`.replace(/ +/g, ' ').trim();
}

export function observe(...texts: readonly string[]): string {
  return summarise(observeTexts(...texts));
}

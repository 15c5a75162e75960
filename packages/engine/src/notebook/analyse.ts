// From a notebook file's text to its flow. Cells that did not change since the last look are not looked at again.

import type { Flow } from '@headwater/protocol';
import { findFacts, type CellFacts } from './facts/find-facts.ts';
import { assignRoles } from './flow/assign-roles.ts';
import { buildFlow } from './flow/build-flow.ts';
import { Observer } from './names/observer.ts';
import { proposeTags, type ProposedTags } from './propose/propose-tags.ts';
import { readNotebook } from './read/read-notebook.ts';
import { loadParser, type Wasm } from './syntax/parser.ts';

interface AnalyseOptions {
  /** Path of the notebook, relative to the project folder, with forward slashes. */
  readonly path: string;
}

export interface Analyser {
  /** Throws a `UserError` for what cannot be read as a notebook; everything else is a diagnostic. */
  analyse(text: string, options: AnalyseOptions): Flow;
  /** Tags for a notebook that has none, for its owner to start from. */
  propose(text: string, options: AnalyseOptions): ProposedTags[];
}

export async function createAnalyser(wasm?: Wasm): Promise<Analyser> {
  const parse = await loadParser(wasm);
  const observer = new Observer();
  let known = new Map<string, CellFacts>();
  /** Remembers what it was asked for this time, and only that. */
  const remember = () => {
    const before = known;
    known = new Map();
    return (source: string): CellFacts => {
      const facts = known.get(source) ?? before.get(source) ?? findFacts(source, parse);
      known.set(source, facts);
      return facts;
    };
  };
  return {
    analyse(text, { path }) {
      const notebook = readNotebook(text, path);
      return buildFlow({ path, notebook, assignment: assignRoles(notebook, remember()), observer });
    },
    propose(text, { path }) {
      return proposeTags(readNotebook(text, path).cells, remember(), parse);
    },
  };
}


// From a notebook file's text to its flow. Cells that did not change since the last look are not looked at again.

import type { Flow } from '@headwater/protocol';
import { findFacts, type CellFacts } from './facts/find-facts.ts';
import { assignRoles } from './flow/assign-roles.ts';
import { buildFlow } from './flow/build-flow.ts';
import { readNotebook } from './read/read-notebook.ts';
import { loadParser, type Wasm } from './syntax/parser.ts';

export interface AnalyseOptions {
  /** Path of the notebook, relative to the project folder, with forward slashes. */
  readonly path: string;
}

export interface Analyser {
  /** Throws a `UserError` for what cannot be read as a notebook; everything else is a diagnostic. */
  analyse(text: string, options: AnalyseOptions): Flow;
}

export async function createAnalyser(wasm?: Wasm): Promise<Analyser> {
  const parse = await loadParser(wasm);
  let known = new Map<string, CellFacts>();
  return {
    analyse(text, { path }) {
      const notebook = readNotebook(text, path);
      const fresh = new Map<string, CellFacts>();
      const factsOf = (source: string): CellFacts => {
        const facts = fresh.get(source) ?? known.get(source) ?? findFacts(source, parse);
        fresh.set(source, facts);
        return facts;
      };
      const assignment = assignRoles(notebook, factsOf);
      known = fresh;
      return buildFlow({ path, notebook, assignment });
    },
  };
}


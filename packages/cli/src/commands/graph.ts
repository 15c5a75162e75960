// `headwater graph`: the DAG as text, JSON, Mermaid, DOT or SVG.

import path from 'node:path';
import { analyseFile, graphAsSvg, toGraph } from '@headwater/engine';
import { EXIT } from '../exit.ts';
import { graphAsDot, graphAsMermaid } from '../graph/formats.ts';
import { graphAsText } from '../graph/text.ts';
import type { GlobalOptions } from '../verbs.ts';

export async function graph(args: readonly string[], options: Readonly<Record<string, unknown>>, shared: GlobalOptions): Promise<number> {
  const flow = await analyseFile(path.resolve(args[0] ?? ''));
  const drawn = toGraph(flow, options['setup'] === true);
  process.stdout.write(render());
  return EXIT.done;

  function render(): string {
    if (shared.json === true) return `${JSON.stringify(drawn)}\n`;
    if (options['mermaid'] === true) return graphAsMermaid(drawn);
    if (options['dot'] === true) return graphAsDot(drawn);
    if (options['svg'] === true) return graphAsSvg(drawn);
    return graphAsText(drawn);
  }
}

// What a script says of its packages in a comment: PEP 723, in a script or a cell of a notebook.

import { parse, stringify, TomlError } from 'smol-toml';
import * as v from 'valibot';
import type { Diagnostic, ScriptMetadata } from '@headwater/protocol';
import { diagnose } from '../diagnose/diagnostic.ts';
import type { RawCell } from './notebook.ts';

/** As the PEP gives it. */
const BLOCK = /^# \/\/\/ (?<type>[a-zA-Z0-9-]+)$\s(?<content>(?:^#(?:| .*)$\s)+)^# \/\/\/$/gm;

const MetadataSchema = v.object({
  dependencies: v.optional(v.array(v.string()), []),
  'requires-python': v.optional(v.string()),
  tool: v.optional(v.object({ uv: v.optional(v.record(v.string(), v.unknown()), {}) }), {}),
});

export interface ReadScript {
  readonly script: ScriptMetadata | null;
  readonly problems: readonly Diagnostic[];
}

export function readScript(cells: readonly RawCell[]): ReadScript {
  const blocks = cells.filter(({ type }) => type === 'code').flatMap(({ index, source }) => findBlocks(source).map((toml) => ({ cell: index, toml })));
  const [first, second] = blocks;
  if (first === undefined) return { script: null, problems: [] };
  if (second !== undefined) return refuse(second.cell, 'The notebook has two blocks of script metadata.', 'Keep one of them.');
  try {
    return readToml(first.toml, first.cell);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return refuse(first.cell, `The script metadata is no TOML: ${error.message.split('\n')[0] ?? ''}.`, null);
  }
}

function findBlocks(source: string): string[] {
  return [...`${source}\n`.matchAll(BLOCK)].flatMap(({ groups }) => (groups?.['type'] === 'script' ? [groups['content']?.replace(/^# ?/gm, '') ?? ''] : []));
}

function readToml(toml: string, cell: number): ReadScript {
  const parsed = v.safeParse(MetadataSchema, parse(toml));
  if (!parsed.success) return refuse(cell, `The script metadata is not as PEP 723 has it: ${v.getDotPath(parsed.issues[0]) ?? ''}: ${parsed.issues[0].message}.`, null);
  const { dependencies, 'requires-python': requiresPython = null, tool: { uv } } = parsed.output;
  if ('sources' in uv) return refuse(cell, 'The script metadata names sources of packages (`tool.uv.sources`), which is not built yet.', 'Write them into the dependencies: "name @ git+https://…".');
  return { script: { dependencies, requiresPython, settings: Object.keys(uv).length === 0 ? null : stringify(uv) }, problems: [] };
}

function refuse(cell: number, sentence: string, hint: string | null): ReadScript {
  return { script: null, problems: [diagnose({ code: 'bad-script-metadata', severity: 'error', cell, sentence, hint })] };
}

// The header of a script: YAML between `# ---` lines, as Jupytext writes it.

import { readPlainYaml } from './plain-yaml.ts';

export interface Header {
  readonly metadata: Readonly<Record<string, unknown>>;
  /** The rest of the file. */
  readonly body: string;
}

const HEADER = /^(?:#!.*\n)?(?:#.*coding[:=].*\n)?# ---\n(?<yaml>(?:#.*\n)*?)# ---\n?/;

export function splitHeader(text: string): Header {
  const match = HEADER.exec(text);
  if (match === null) return { metadata: {}, body: text };
  const header = asRecord(readPlainYaml((match.groups?.['yaml'] ?? '').replace(/^# ?/gm, '')));
  // Jupytext puts the notebook's metadata under `jupyter`.
  return { metadata: { ...header, ...asRecord(header['jupyter']) }, body: text.slice(match[0].length) };
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

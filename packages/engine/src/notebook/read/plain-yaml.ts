// As much YAML as the headers of scripts hold: nested keys, plain values, lists.

interface Line {
  readonly indent: number;
  readonly text: string;
}

interface Lines {
  readonly all: readonly Line[];
  at: number;
}

export function readPlainYaml(yaml: string): unknown {
  const all = yaml.split('\n').filter((line) => line.trim() !== '').map((line) => ({ indent: line.length - line.trimStart().length, text: line.trim() }));
  return readBlock({ all, at: 0 });
}

function readBlock(lines: Lines): unknown {
  const first = lines.all[lines.at];
  if (first === undefined) return null;
  return first.text.startsWith('- ') ? readItems(lines, first.indent) : readKeys(lines, first.indent);
}

function readItems(lines: Lines, indent: number): unknown[] {
  const items: unknown[] = [];
  for (let line = lines.all[lines.at]; line?.indent === indent && line.text.startsWith('- '); line = lines.all[lines.at]) {
    items.push(readScalar(line.text.slice(2)));
    lines.at += 1;
  }
  return items;
}

function readKeys(lines: Lines, indent: number): Record<string, unknown> {
  const keys: [string, unknown][] = [];
  for (let line = lines.all[lines.at]; line !== undefined && line.indent >= indent; line = lines.all[lines.at]) {
    lines.at += 1;
    const { key, value } = /^(?<key>[^\s:]+):(?:\s+(?<value>.*))?$/.exec(line.text)?.groups ?? {};
    if (key !== undefined) keys.push([key, value === undefined ? readInner(lines, line) : readScalar(value)]);
  }
  return Object.fromEntries(keys);
}

/** What stands under a key: further in, or a list at the same place. */
function readInner(lines: Lines, key: Line): unknown {
  const next = lines.all[lines.at];
  if (next === undefined || next.indent < key.indent) return null;
  return next.indent > key.indent || next.text.startsWith('- ') ? readBlock(lines) : null;
}

function readScalar(text: string): unknown {
  const list = /^\[(?<items>.*)\]$/.exec(text)?.groups?.['items'];
  if (list !== undefined) return list.split(',').map((item) => item.trim()).filter((item) => item !== '').map(readScalar);
  return text.replace(/^(?<quote>["'])(?<inner>.*)\k<quote>$/, '$<inner>');
}

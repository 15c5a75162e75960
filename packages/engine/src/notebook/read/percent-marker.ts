// The line that begins a cell: `# %% title [markdown] tags=["step:train"] key="value"`.

export interface Marker {
  readonly type: 'code' | 'text';
  readonly tags: readonly string[];
  readonly id: string | null;
  /** A cell of another language, by its magic. */
  readonly language: string | null;
}

const MARKER = /^# ?%%+(?<rest>(?:\s.*)?)$/;
const PROSE = /\[(?:markdown|md|raw)\]/;

export function readMarker(line: string): Marker | null {
  const rest = MARKER.exec(line.trimEnd())?.groups?.['rest'];
  if (rest === undefined) return null;
  const language = readText(rest, 'language');
  return {
    type: PROSE.test(rest) || rest.trim() === 'markdown' ? 'text' : 'code',
    tags: [...new Set(readList(rest, 'tags'))],
    id: readText(rest, 'id'),
    language: language === null || /^i?python3?$/.test(language) ? null : language,
  };
}

/** `key="value"`, or the same in a JSON object. */
function readText(rest: string, key: string): string | null {
  return new RegExp(`(?:^|[\\s{,"])${key}"?\\s*[=:]\\s*["'](?<value>[^"']*)["']`).exec(rest)?.groups?.['value'] ?? null;
}

function readList(rest: string, key: string): string[] {
  const list = new RegExp(`(?:^|[\\s{,"])${key}"?\\s*[=:]\\s*\\[(?<items>[^\\]]*)\\]`).exec(rest)?.groups?.['items'];
  return [...(list ?? '').matchAll(/"(?<double>[^"]*)"|'(?<single>[^']*)'/g)].map((match) => match.groups?.['double'] ?? match.groups?.['single'] ?? '');
}

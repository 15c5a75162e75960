// What the analysis says about a notebook. The same list serves the command line, CI and both editors.

export type Severity = 'error' | 'warning' | 'hint';

/** Zero-based, columns in UTF-16 units, as editors count them. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export type Edit =
  | { readonly kind: 'set-tags'; readonly cell: number; readonly tags: readonly string[] }
  | { readonly kind: 'replace-text'; readonly cell: number; readonly range: Range; readonly text: string };

export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
}

export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  /** Position of the cell in the notebook, or null for the notebook as a whole. */
  readonly cell: number | null;
  readonly range: Range | null;
  readonly sentence: string;
  readonly hint: string | null;
  readonly fix: Fix | null;
}

// Artifacts as editors show them: never a value, only what was written about it when it was made.

export interface ArtifactRow {
  readonly name: string;
  readonly step: string;
  readonly attempt: string;
  /** `churn/42/train/model`, `churn/42/train[*]/score`: what the client loads. */
  readonly path: string;
  readonly type: string;
  /** Of a list as if all were as large as the first. */
  readonly size: number;
  readonly digest: string;
  /** One short text for the row: a value, a shape, column names. */
  readonly summary: string;
  readonly kind: string;
  /** Base64 of a small PNG, or null. */
  readonly thumbnail: string | null;
  /** Why it is not stored; it cannot be loaded then. */
  readonly tombstone: string | null;
}

/** The preview as the worker wrote it (`kind` says what else it holds), or null where there is none. */
export interface PreviewView {
  readonly artifact: ArtifactRow;
  readonly preview: Readonly<Record<string, unknown>> | null;
}

export interface TablePage {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly index: readonly string[];
  readonly rows: readonly (readonly (string | number | boolean | null)[])[];
  readonly first: number;
  /** Rows after filtering, and before. */
  readonly matching: number;
  readonly total: number;
}

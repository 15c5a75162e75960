// Tags in a cell's metadata as VS Code holds it: `cell.metadata.metadata.tags`. Pure.

type Metadata = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Metadata => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The metadata the file has. */
export function fileMetadata(metadata: Metadata): Metadata {
  const { metadata: inner } = metadata;
  return isObject(inner) ? inner : {};
}

export function tagsIn(metadata: Metadata): string[] {
  const { tags } = fileMetadata(metadata);
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
}

/** A whole new object: the editor replaces all of it. Keys are sorted, as Jupyter writes them, so that a diff shows the tag alone. */
export function withTags(metadata: Metadata, tags: readonly string[]): Record<string, unknown> {
  const others = Object.fromEntries(Object.entries(fileMetadata(metadata)).filter(([key]) => key !== 'tags'));
  const inner = tags.length === 0 ? others : { ...others, tags: [...new Set(tags)] };
  return sorted({ ...metadata, metadata: inner });
}

function sorted(value: Metadata): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([key, each]) => [key, isObject(each) ? sorted(each) : each]));
}

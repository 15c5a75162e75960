// Every text a person reads in a panel goes through here.

type Values = Readonly<Record<string, string | number>>;

let catalogue: Readonly<Record<string, string>> = {};

/** English text → the host's language. Texts that are not in it stay English. */
export function setCatalogue(texts: Readonly<Record<string, string>>): void {
  catalogue = texts;
}

/** The text with `{name}` replaced by values. */
export function t(text: string, values: Values = {}): string {
  const found = Object.hasOwn(catalogue, text) ? catalogue[text] ?? text : text;
  return found.replaceAll(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : whole));
}

/** `1 run`, `2 runs`: both forms are texts of their own, with `{n}` in them. */
export function count(n: number, one: string, many: string): string {
  return t(n === 1 ? one : many, { n: n.toLocaleString('en').replaceAll(',', '\u202f') });
}

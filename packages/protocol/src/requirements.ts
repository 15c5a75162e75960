// Requirements as Python's packaging writes them: here only which package one is about. What it means is the resolver's to say.

const NAME = /^\s*(?<name>[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(?:[<>=!~;@(]|$)/;

/** The name as registries compare names, or null where the text is no requirement. */
export function packageOf(requirement: string): string | null {
  const name = NAME.exec(requirement)?.groups?.['name'];
  return name === undefined ? null : name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** Both lists; of what is asked for twice, what `own` says. */
export function mergeRequirements(own: readonly string[], base: readonly string[]): string[] {
  const said = new Set(own.map(packageOf));
  return [...own, ...base.filter((each) => !said.has(packageOf(each)))];
}

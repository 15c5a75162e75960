// Lines that install packages: in a flow that is a step's environment, not something its code does.

const INSTALL = /^\s*(?:sudo\s+)?(?:(?:\{?sys\.executable\}?|python[\d.]*|\$PYTHON)\s+-m\s+)?(?<tool>pip[\d.]*|conda|mamba|micromamba|uv\s+pip|uv)\s+(?:-\S+\s+)*(?:install|add|uninstall|update|upgrade)\b(?<rest>.*)$/s;

/** Options of pip and conda that take a value in the next word. */
const VALUED = new Set(['-r', '--requirement', '-c', '--channel', '--constraint', '-i', '--index-url', '--extra-index-url', '-f', '--find-links', '-t', '--target', '-n', '--name', '-p', '--prefix', '-e', '--editable']);

/** The packages such a line asks for, or null where it is something else. */
export function findInstall(command: string): readonly string[] | null {
  const rest = INSTALL.exec(command)?.groups?.['rest'];
  if (rest === undefined) return null;
  const words = rest.match(/"[^"]*"|'[^']*'|[^\s;&|>"']+|[;&|>]+/g) ?? [];
  const end = words.findIndex((word) => /^[;&|>]/.test(word));
  const own = end < 0 ? words : words.slice(0, end);
  return own.filter((word, at) => !word.startsWith('-') && !VALUED.has(own[at - 1] ?? '')).map((word) => word.replace(/^["']|["']$/g, ''));
}

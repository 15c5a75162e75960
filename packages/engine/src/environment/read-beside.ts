// The files beside a notebook that say which packages it needs: the one that says it most exactly counts.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'smol-toml';
import { UserError } from '@headwater/protocol';
import * as v from 'valibot';
import { runUv, type Uv } from './uv.ts';
import type { Beside } from './want.ts';

const ProjectSchema = v.object({
  project: v.optional(v.object({ dependencies: v.optional(v.array(v.string()), []), 'requires-python': v.optional(v.string()), dynamic: v.optional(v.array(v.string()), []) })),
  tool: v.optional(v.object({ uv: v.optional(v.object({ sources: v.optional(v.record(v.string(), v.unknown()), {}) })) })),
});

/** `uv` is asked for only where a lock has to be read. Null where no file there names a package. */
export async function readBeside(folder: string, uv: () => Uv): Promise<Beside | null> {
  const [lock, project, requirements] = ['uv.lock', 'pyproject.toml', 'requirements.txt'].map((name) => path.join(folder, name)) as [string, string, string];
  if (existsSync(lock) && existsSync(project)) return readLock(folder, project, uv());
  if (existsSync(project)) {
    const found = readProject(project);
    if (found.lines.length > 0) return found;
  }
  return existsSync(requirements) ? { file: 'requirements.txt', lines: readLines(readFileSync(requirements, 'utf8')), requiresPython: null } : null;
}

/** Versions as they are locked; the project itself is not installed. */
async function readLock(folder: string, project: string, uv: Uv): Promise<Beside> {
  const text = await runUv(uv, ['export', '--locked', '--no-emit-project', '--no-hashes', '--no-header', '--no-annotate', '--quiet'], { cwd: folder });
  return { file: 'uv.lock', lines: readLines(text), requiresPython: parseProject(project).project?.['requires-python'] ?? null };
}

function readProject(file: string): Beside {
  const { project, tool } = parseProject(file);
  refuseUnclear(file, { hasSources: Object.keys(tool?.uv?.sources ?? {}).length > 0, isDynamic: project?.dynamic.includes('dependencies') === true });
  return { file: 'pyproject.toml', lines: project?.dependencies ?? [], requiresPython: project?.['requires-python'] ?? null };
}

/** What only a lock says exactly. */
function refuseUnclear(file: string, { hasSources, isDynamic }: { hasSources: boolean; isDynamic: boolean }): void {
  if (hasSources) throw new UserError('project-sources', `${file} names sources of packages (\`tool.uv.sources\`), which only a lock says exactly.`, 'Make one with `uv lock`: it is used from then on.');
  if (isDynamic) throw new UserError('project-dynamic', `${file} leaves its dependencies to its build.`, 'Make a lock with `uv lock`, or choose an interpreter with `--python`.');
}

function parseProject(file: string): v.InferOutput<typeof ProjectSchema> {
  try {
    return v.parse(ProjectSchema, parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new UserError('bad-project', `${file} cannot be read: ${error instanceof Error ? error.message.split('\n')[0] ?? '' : String(error)}.`, 'Mend it, or choose an interpreter with `--python`.');
  }
}

/** Without comments and hashes, what is continued on one line. */
export function readLines(text: string): string[] {
  return text.replace(/\\\r?\n/g, ' ').split(/\r?\n/).map((line) => line.replace(/(?:^|\s)#.*$/, '').replace(/\s--hash=\S+/g, '').trim()).filter((line) => line !== '');
}

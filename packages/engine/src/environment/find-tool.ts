// Where a program is that this user may run.

import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/** On the path, then in these folders; null where it is in none. */
export function findTool(name: string, env: NodeJS.ProcessEnv, folders: readonly string[] = []): string | null {
  const places = [...(env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== ''), ...folders];
  return places.map((folder) => path.join(folder, process.platform === 'win32' && !name.endsWith('.exe') ? `${name}.exe` : name)).find(isProgram) ?? null;
}

/** A file this user may run; one in a folder that is closed to this user is none. */
export function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The Python of an environment that stands there. */
export function interpreterIn(folder: string): string {
  return path.join(folder, ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']));
}

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { packContents, projectContents } from './code-package.ts';

function project(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'headwater-project-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

describe('what travels of a project', () => {
  it('is its modules and the files that cells name', () => {
    const root = project({ 'a.py': '', 'lib/b.py': '', 'nb/data.csv': '1', 'nb/other.csv': '2', 'nb/notes.md': '', '.env': 'X=1', '.git/config': '', 'node_modules/m/x.py': '', '.venv/y.py': '' });
    const folder = path.join(root, 'nb');
    expect([...projectContents({ project: root, folder, named: ['data.csv', 'gone.csv', '/etc/passwd', '../../outside'] }).keys()].sort()).toEqual(['a.py', 'lib/b.py', 'nb/data.csv']);
  });

  it('is never what a link leads to outside', () => {
    const outside = project({ 'secret.txt': 's', 'code.py': 's' });
    const root = project({ 'a.py': '' });
    symlinkSync(path.join(outside, 'secret.txt'), path.join(root, 'data.csv'));
    symlinkSync(path.join(outside, 'code.py'), path.join(root, 'linked.py'));
    symlinkSync(outside, path.join(root, 'folder'));
    expect([...projectContents({ project: root, folder: root, named: ['data.csv', 'folder/secret.txt'] }).keys()]).toEqual(['a.py']);
  });

  it.each(['.env', '.env.local', 'keys/server.pem', '.aws/credentials'])('is never a secret: %s is refused by name', (name) => {
    const root = project({ [name]: 'x' });
    expect(() => projectContents({ project: root, folder: root, named: [name] })).toThrow(`${name} is read by a cell and looks like a secret`);
  });

  it('has the same address wherever and whenever it is packed', async () => {
    const [one, two] = [project({ 'b.py': '2', 'a.py': '1' }), project({ 'a.py': '1', 'b.py': '2' })];
    const pack = (folder: string) => packContents(projectContents({ project: folder, folder, named: [] }));
    expect((await pack(one)).digest).toBe((await pack(two)).digest);
  });
});

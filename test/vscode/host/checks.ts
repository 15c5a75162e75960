// What the extension does through the API of VS Code: runs inside its extension host, and leaves what it found in the workspace folder.

import assert from 'node:assert/strict';
import * as vscode from 'vscode';

type Json = Record<string, unknown>;
const EXTENSION = 'headwater.headwater-vscode';

const [folder] = vscode.workspace.workspaceFolders ?? [];
const at = (name: string) => vscode.Uri.joinPath(folder?.uri ?? vscode.Uri.file('/'), name);
const readJson = async (uri: vscode.Uri) => JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri))) as { cells: Json[]; metadata: Json };

async function open(uri: vscode.Uri): Promise<vscode.NotebookDocument> {
  const document = await vscode.workspace.openNotebookDocument(uri);
  await vscode.window.showNotebookDocument(document);
  return document;
}

async function until<T>(what: string, look: () => T | null | undefined | Promise<T | null | undefined>): Promise<T> {
  for (let turn = 0; turn < 300; turn += 1) {
    const found = await look();
    if (found != null) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${what} did not come`);
}

const diagnosticsOf = (cell: vscode.NotebookCell) => vscode.languages.getDiagnostics(cell.document.uri).filter(({ source }) => source === 'Headwater');
const codeOf = ({ code }: vscode.Diagnostic) => (typeof code === 'object' ? code.value : code);

export const CHECKS: Readonly<Record<string, () => Promise<void>>> = {
  'every command of the manifest is registered once the extension is active': async () => {
    const extension = vscode.extensions.getExtension(EXTENSION);
    assert.ok(extension);
    await extension.activate();
    const { contributes } = extension.packageJSON as { contributes: { commands: { command: string }[] } };
    const known = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(contributes.commands.map(({ command }) => command).filter((command) => !known.has(command)), []);
  },

  'a tag is written and everything else of the cell and of the file stays': async () => {
    const before = await readJson(at('kept.ipynb'));
    const document = await open(at('kept.ipynb'));
    await vscode.commands.executeCommand('headwater.setParameters', document.cellAt(0));
    await until('the tag', () => (document.isDirty ? true : null));
    await document.save();
    const after = await readJson(at('kept.ipynb'));
    const [first, ...others] = before.cells;
    assert.deepEqual(after, { ...before, cells: [{ ...first, metadata: { ...first?.['metadata'] as Json, tags: ['parameters', 'mine'] } }, ...others] });
    await vscode.commands.executeCommand('headwater.setParameters', document.cellAt(0));
    await document.save();
    assert.deepEqual(await readJson(at('kept.ipynb')), before);
  },

  'a doubtful tag is a diagnostic of its cell, with a quick fix that goes when the tag is right': async () => {
    const document = await open(at('wrong.ipynb'));
    const cell = document.cellAt(1);
    const [found] = await until('the diagnostic', () => { const all = diagnosticsOf(cell); return all.length > 0 ? all : null; });
    assert.ok(found);
    assert.equal(codeOf(found), 'unknown-prev');
    assert.equal(found.severity, vscode.DiagnosticSeverity.Error);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', cell.document.uri, found.range, vscode.CodeActionKind.QuickFix.value);
    assert.deepEqual(actions.map(({ title, isPreferred }) => [title, isPreferred]), [['Change to `prev:load`', true]]);
    const right = new vscode.WorkspaceEdit();
    right.set(document.uri, [vscode.NotebookEdit.updateCellMetadata(1, { ...cell.metadata, metadata: { tags: ['step:after', 'prev:load'] } })]);
    assert.ok(await vscode.workspace.applyEdit(right));
    await until('the end of the diagnostic', () => (diagnosticsOf(cell).length === 0 ? true : null));
  },

  'on a virtual file system cells are tagged and nothing breaks': async () => {
    const files = new Map([['/drive.ipynb', await vscode.workspace.fs.readFile(at('kept.ipynb'))]]);
    const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
    const provider: vscode.FileSystemProvider = {
      onDidChangeFile: changed.event, watch: () => new vscode.Disposable(() => undefined), readDirectory: () => [], createDirectory: () => undefined, delete: () => undefined, rename: () => undefined,
      stat: ({ path }) => { const file = files.get(path); if (file === undefined) throw vscode.FileSystemError.FileNotFound(path); return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: file.length }; },
      readFile: ({ path }) => { const file = files.get(path); if (file === undefined) throw vscode.FileSystemError.FileNotFound(path); return file; },
      writeFile: ({ path }, content) => void files.set(path, content),
    };
    const registered = vscode.workspace.registerFileSystemProvider('afar', provider);
    try {
      const document = await open(vscode.Uri.parse('afar:/drive.ipynb'));
      await vscode.commands.executeCommand('headwater.setSetup', document.cellAt(0));
      await document.save();
      const saved = JSON.parse(new TextDecoder().decode(files.get('/drive.ipynb'))) as { cells: { metadata: Json }[] };
      assert.deepEqual(saved.cells[0]?.metadata['tags'], ['setup', 'mine']);
      await vscode.commands.executeCommand('headwater.run');
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      registered.dispose();
    }
  },

  'a run opened as a notebook cannot be written to': async () => {
    const uri = vscode.Uri.from({ scheme: 'headwater-run', path: '/churn/1.ipynb', query: '/nowhere' });
    await assert.rejects(async () => vscode.workspace.fs.writeFile(uri, new Uint8Array()));
    assert.equal(vscode.workspace.fs.isWritableFileSystem('headwater-run'), false);
  },

  'the manifest says what holds without trust and on a virtual file system': async () => {
    const { capabilities, extensionKind } = vscode.extensions.getExtension(EXTENSION)?.packageJSON as { capabilities: Record<string, { supported: unknown; restrictedConfigurations?: string[] }>; extensionKind: string[] };
    assert.equal(capabilities['untrustedWorkspaces']?.supported, 'limited');
    assert.deepEqual(capabilities['untrustedWorkspaces'].restrictedConfigurations, ['headwater.node', 'headwater.python', 'headwater.store']);
    assert.equal(capabilities['virtualWorkspaces']?.supported, 'limited');
    assert.deepEqual(extensionKind, ['workspace']);
    return Promise.resolve();
  },
};

/** Called by the extension host. */
export async function run(): Promise<void> {
  const found: Record<string, string> = {};
  for (const [name, check] of Object.entries(CHECKS)) {
    try {
      await check();
      found[name] = 'holds';
    } catch (error) {
      found[name] = error instanceof Error ? error.stack ?? error.message : String(error);
    }
  }
  await vscode.workspace.fs.writeFile(at('found.json'), new TextEncoder().encode(JSON.stringify(found)));
}

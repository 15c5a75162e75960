// The folders of an editor for `npm run code` and for tests: our VSIX, and the double of the Jupyter extension, which comes from no registry.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** An editor's program and the Node it runs under. */
export interface CodeServer {
  readonly node: string;
  readonly entry: string;
}

export interface CodeParts extends CodeServer {
  readonly vsix: string;
  /** A Python with a kernel; flows run under it too. */
  readonly python: string;
}

export interface HomeOptions {
  /** Whether the double of the Jupyter extension is there. */
  readonly jupyter?: boolean;
  readonly settings?: Readonly<Record<string, string>>;
}

/** What no editor of ours may do: ask servers, greet, update itself. */
const SETTINGS = {
  'workbench.startupEditor': 'none', 'telemetry.telemetryLevel': 'off', 'update.mode': 'none', 'extensions.autoCheckUpdates': false, 'extensions.autoUpdate': false,
  'workbench.tips.enabled': false, 'workbench.enableExperiments': false, 'chat.commandCenter.enabled': false, 'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden', 'files.simpleDialog.enable': true, 'remote.autoForwardPorts': false, 'files.autoSave': 'off',
};

/** Returns the arguments of the editor's program. */
export function prepareHome(home: string, { node, entry, vsix, python }: CodeParts, { jupyter = true, settings = {} }: HomeOptions = {}): string[] {
  const extensions = path.join(home, 'extensions');
  rmSync(extensions, { recursive: true, force: true });
  mkdirSync(path.join(home, 'data/User'), { recursive: true });
  mkdirSync(path.join(home, 'data/Machine'), { recursive: true });
  writeFileSync(path.join(home, 'config.yaml'), 'cert: false\n');
  writeFileSync(path.join(home, 'data/User/settings.json'), JSON.stringify(SETTINGS));
  // Settings of a machine are read there, not among the person's.
  writeFileSync(path.join(home, 'data/Machine/settings.json'), JSON.stringify({ 'headwater.python': python, ...settings }));
  // Copied, not linked: who calls is found by the files of its folder.
  if (jupyter) cpSync(path.resolve('test/fixtures/fake-jupyter'), path.join(extensions, 'ms-toolsai.jupyter-0.0.1'), { recursive: true });
  const args = [entry, '--config', path.join(home, 'config.yaml'), '--user-data-dir', path.join(home, 'data'), '--extensions-dir', extensions];
  const { status, stdout, stderr } = spawnSync(node, [...args, '--install-extension', vsix], { encoding: 'utf8', env: codeEnvironment(python) });
  if (status !== 0) throw new Error(`the VSIX was not installed\n${stdout}${stderr}`);
  return [...args, '--auth', 'none', '--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'];
}

/** No gallery of extensions is asked. */
export function codeEnvironment(python: string): NodeJS.ProcessEnv {
  const nowhere = 'http://127.0.0.1:9/none';
  return { ...process.env, EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: nowhere, itemUrl: nowhere }), FAKE_JUPYTER_PYTHON: python };
}

// The kernel of a notebook, through the Jupyter extension: asked by one expression, behind the cells that run, with nothing in its history.

import * as vscode from 'vscode';
import { askThrough, kernelDied, Listeners, t, type KernelRequest, type LiveKernel, type Queued, type Reply } from '@headwater/panels';
import type { Problem } from '@headwater/protocol';
import { evaluate, KernelRefused } from './evaluate.ts';
import { findJupyter, type Kernel } from './jupyter-api.ts';
import { KernelHealth } from './kernel-health.ts';

interface Met {
  readonly kernel: Kernel;
  readonly health: KernelHealth;
  readonly changed: Listeners<string>;
}

export class VscodeKernel implements LiveKernel, vscode.Disposable {
  readonly #uri: vscode.Uri;
  readonly #name: string;
  readonly #bridge: () => string;
  readonly #lost = new Listeners();
  readonly #met = new Map<Kernel, Met>();
  readonly #ends: vscode.Disposable[] = [];

  /** `bridge`: the folder of the Python package that travels with the engine. */
  constructor(uri: vscode.Uri, name: string, bridge: () => string) {
    this.#uri = uri;
    this.#name = name;
    this.#bridge = bridge;
  }

  get busy(): boolean {
    return [...this.#met.values()].at(-1)?.kernel.status === 'busy';
  }

  onLost(listener: () => void): () => void {
    return this.#lost.add(listener);
  }

  dispose(): void {
    for (const end of this.#ends) end.dispose();
    this.#lost.clear();
  }

  async ask(request: KernelRequest, queued: Queued): Promise<Reply> {
    const first = await this.#find();
    if ('sentence' in first) return { status: 'no-kernel', problem: first };
    try {
      return await this.#askOf(first, request, queued);
    } catch (error) {
      if (!(error instanceof KernelRefused)) throw error;
      if (error.why === 'access') return { status: 'no-kernel', problem: noAccess() };
    }
    // The handle was of a kernel that is gone; there may be another one by now.
    const second = await this.#find();
    if ('sentence' in second || second === first) return { status: 'no-kernel', problem: 'sentence' in second ? second : this.#none() };
    return this.#askOf(second, request, queued);
  }

  async #askOf({ kernel, health, changed }: Met, request: KernelRequest, queued: Queued): Promise<Reply> {
    const source = new vscode.CancellationTokenSource();
    const { token } = source;
    // Until the cell before it has ended it waits, and can be taken out; an interrupt after that could hit the person's own cell.
    const unqueue = kernel.status === 'busy' ? queued(() => source.cancel()) : () => undefined;
    let end = () => undefined as unknown;
    const dead = new Promise<'dead'>((resolve) => {
      end = changed.add((status) => {
        if (status !== 'busy') unqueue();
        if (health.dead) resolve('dead');
      });
    });
    const evaluated = (expression: string) => (token.isCancellationRequested ? Promise.resolve(undefined) : evaluate(kernel, expression, token));
    try {
      const answer = await Promise.race([askThrough(evaluated, this.#bridge(), request), dead]);
      if (token.isCancellationRequested) return { status: 'cancelled' };
      return answer === 'dead' ? { status: 'no-kernel', problem: kernelDied(this.#name) } : answer;
    } finally {
      end();
      unqueue();
    }
  }

  async #find(): Promise<Met | Problem> {
    if (!vscode.workspace.isTrusted) return { code: 'untrusted', sentence: t('This workspace is not trusted.'), hint: t('You can look at runs. To load into a kernel, trust this workspace.') };
    const jupyter = await findJupyter();
    if (jupyter === null) return { code: 'no-jupyter', sentence: t('The Jupyter extension is not installed, so Headwater cannot reach a kernel.'), hint: t('Install "Jupyter", or use "Insert load cell".') };
    const kernel = await jupyter.kernels.getKernel(this.#uri);
    if (kernel === undefined) return this.#none();
    const met = this.#meet(kernel);
    if (met.health.dead) return kernelDied(this.#name);
    if (kernel.language !== 'python') return { code: 'not-python', sentence: t('The kernel of {notebook} speaks {language}.', { notebook: this.#name, language: kernel.language }), hint: t('Artifacts are Python objects: start a Python kernel to load into it.') };
    return met;
  }

  #meet(kernel: Kernel): Met {
    const known = this.#met.get(kernel);
    if (known !== undefined) return known;
    const met: Met = { kernel, health: new KernelHealth(kernel.status), changed: new Listeners<string>() };
    this.#met.set(kernel, met);
    this.#ends.push(kernel.onDidChangeStatus((status) => {
      const { lost, dead } = met.health.see(status);
      if (lost) this.#lost.tell();
      met.changed.tell(status);
      if (dead && status !== 'dead') this.#met.delete(kernel);
    }));
    return met;
  }

  /** A kernel is only known once the person has run a cell in it. */
  #none(): Problem {
    return { code: 'no-kernel', sentence: t('{notebook} has no running kernel.', { notebook: this.#name }), hint: t('Start a Python kernel in {notebook} to load into it: run any cell.', { notebook: this.#name }) };
  }
}

function noAccess(): Problem {
  return { code: 'no-access', sentence: t('VS Code keeps Headwater from this kernel.'), hint: t('Allow it with "Jupyter: Manage Access To Jupyter Kernels".') };
}

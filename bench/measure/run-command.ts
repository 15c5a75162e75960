// Runs a program to its end and takes the time from before it is started to its last byte.

import { spawn } from 'node:child_process';

export interface CommandOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Called once with the process that runs. */
  readonly onStart?: (pid: number) => void;
}

export interface Ended {
  readonly wallMs: number;
  readonly stdout: string;
}

/** Longer than anything here takes on a slow machine: what has not ended by then hangs. */
const TIMEOUT_MS = 180_000;
/** What a clean stop may take before it is ended by force. */
const GRACE_MS = 5_000;

/** Throws when it cannot be started or does not end well: a failed run has no time. */
export async function runCommand(command: readonly string[], options: CommandOptions): Promise<Ended> {
  const [program = '', ...args] = command;
  const began = performance.now();
  const child = spawn(program, args, { cwd: options.cwd, env: options.env, stdio: ['ignore', 'pipe', 'pipe'] });
  if (child.pid !== undefined) options.onStart?.(child.pid);
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (data: Buffer) => out.push(data));
  child.stderr.on('data', (data: Buffer) => err.push(data));
  // As Ctrl-C does: whatever it started elsewhere is stopped with it.
  const stop = setTimeout(() => child.kill('SIGINT'), TIMEOUT_MS);
  const kill = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS + GRACE_MS);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => {
    clearTimeout(stop);
    clearTimeout(kill);
  });
  const wallMs = performance.now() - began;
  const stdout = Buffer.concat(out).toString();
  if (code === 0) return { wallMs, stdout };
  throw new Error(`\`${command.join(' ')}\` ended with ${code ?? 'a signal'}:\n${stdout.slice(-2_000)}${Buffer.concat(err).toString().slice(-4_000)}`);
}

/** The object on the last line that is one: how helper scripts answer. */
export async function runForFigures(command: readonly string[], options: CommandOptions): Promise<Record<string, number>> {
  const { stdout } = await runCommand(command, options);
  const line = stdout.trimEnd().split('\n').at(-1) ?? '';
  return JSON.parse(line) as Record<string, number>;
}

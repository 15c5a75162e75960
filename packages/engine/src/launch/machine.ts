// What this machine has to give.

import { readdirSync } from 'node:fs';

/** Where NVIDIA's driver for Linux lists its devices. */
const GPUS = '/proc/driver/nvidia/gpus';

/** Of those, the ones this process may use: a scheduler above says so in the variable. */
export function countGpus(env: NodeJS.ProcessEnv = process.env): number {
  return gpuNames(env).length;
}

/** What the driver calls each GPU that may be used. */
export function gpuNames(env: NodeJS.ProcessEnv): readonly string[] {
  const visible = env['CUDA_VISIBLE_DEVICES'];
  if (visible !== undefined) return visible.split(',').map((each) => each.trim()).filter((each) => each !== '' && each !== '-1');
  try {
    return readdirSync(GPUS).map((_, at) => String(at));
  } catch {
    return [];
  }
}

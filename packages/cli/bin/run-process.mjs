// The entry of a run process: a request on stdin, one reply on stdout, then nothing but the store.
import { existsSync } from 'node:fs';
import module from 'node:module';

const source = new URL('../src/run-process.ts', import.meta.url);
if (existsSync(source)) {
  module.registerHooks({ resolve: (name, context, next) => next(name, { ...context, conditions: [...context.conditions, '@headwater/source'] }) });
}
module.enableCompileCache?.();
const load = (name) => import(existsSync(source) ? new URL(`../src/${name}.ts`, import.meta.url).href : new URL(`../dist/${name}.mjs`, import.meta.url).href);
const { startInterpreter } = await load('early-interpreter');
const early = startInterpreter(process.argv);
const { main } = await load('run-process');
await main(early);

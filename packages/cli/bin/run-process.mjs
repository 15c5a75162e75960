// The entry of a run process: a request on stdin, one reply on stdout, then nothing but the store.
import { existsSync } from 'node:fs';
import module from 'node:module';

const source = new URL('../src/run-process.ts', import.meta.url);
if (existsSync(source)) {
  module.registerHooks({ resolve: (name, context, next) => next(name, { ...context, conditions: [...context.conditions, '@headwater/source'] }) });
}
module.enableCompileCache?.();
const { main } = await import(existsSync(source) ? source.href : new URL('../dist/run-process.mjs', import.meta.url).href);
await main();

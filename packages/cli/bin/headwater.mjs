#!/usr/bin/env node
// The command. In a checkout it runs from source; a packed one has everything in `dist`.
import { existsSync } from 'node:fs';
import module from 'node:module';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`headwater needs Node 22.18 or newer; this is ${process.version}.`);
  process.exit(2);
}
const source = new URL('../src/main.ts', import.meta.url);
if (existsSync(source)) {
  // Packages of the workspace resolve to their source.
  module.registerHooks({ resolve: (name, context, next) => next(name, { ...context, conditions: [...context.conditions, '@headwater/source'] }) });
}
module.enableCompileCache?.();
const { main } = await import(existsSync(source) ? source.href : new URL('../dist/main.mjs', import.meta.url).href);
await main(process.argv.slice(2));

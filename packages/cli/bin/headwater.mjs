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
const load = (name) => import(existsSync(source) ? new URL(`../src/${name}.ts`, import.meta.url).href : new URL(`../dist/${name}.mjs`, import.meta.url).href);
const { startEarly } = await load('early');
startEarly(process.argv);
const { main } = await load('main');
await main(process.argv.slice(2));

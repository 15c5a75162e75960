// Benchmarks against peers: `npm run bench -- [ROW…]`. Everything is in `bench/`; packages of the workspace resolve to their source.
import module from 'node:module';

module.registerHooks({ resolve: (name, context, next) => next(name, { ...context, conditions: [...context.conditions, '@headwater/source'] }) });
const { main } = await import('../bench/main.ts');
await main(process.argv.slice(2));

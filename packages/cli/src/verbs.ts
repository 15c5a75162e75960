// The verbs, in the order a person meets them.

import type { Command } from 'commander';

export interface GlobalOptions {
  readonly store?: string;
  readonly python?: string;
  readonly json?: boolean;
}

type Action = (args: readonly string[], options: Readonly<Record<string, unknown>>, shared: GlobalOptions) => Promise<number>;

export function addVerbs(program: Command): void {
  const verb = (usage: string, description: string, more: Pick<Verb, 'load' | 'examples'>) => addVerb(program, { usage, description, ...more });
  const collect = (value: string, all: string[]) => [...all, value];
  verb('init [file]', 'a small tagged notebook to start from', { load: async () => (await import('./commands/init.ts')).init, examples: [
    'headwater init', 'headwater init --from analysis.ipynb',
  ] })
    .option('--from <notebook>', 'a tagged copy of this one, tags proposed from its headings');
  verb('check <notebook>', 'what would go wrong, before anything runs', { load: async () => (await import('./commands/check.ts')).check, examples: ['headwater check churn.ipynb'] });
  verb('graph <notebook>', 'the steps and what flows between them', { load: async () => (await import('./commands/graph.ts')).graph, examples: [
    'headwater graph churn.ipynb', 'headwater graph churn.ipynb --svg > churn.svg',
  ] })
    .option('--mermaid', 'as a Mermaid flowchart')
    .option('--dot', 'as a Graphviz digraph')
    .option('--svg', 'as a picture')
    .option('--setup', 'with the setup blocks');
  verb('run <notebook>', 'run a notebook as a flow', { load: async () => (await import('./commands/run.ts')).run, examples: [
    'headwater run churn.ipynb', 'headwater run churn.ipynb -p alpha=0.1 -p epochs=20', 'headwater run churn.ipynb --sweep -p alpha=0.1,0.01',
  ] })
    .option('-p, --param <name=value>', 'a parameter; repeatable', collect, [])
    .option('--params <file>', 'parameters from a JSON file; those of -p count more')
    .option('--sweep', 'a run for every combination of comma-separated values of -p, then one table')
    .option('--metric <name>', 'what a sweep is ordered by (default: the first logged)')
    .option('--to <step>', 'only this step and what it needs')
    .option('--only <step>', 'only this step, on the results of the latest good run')
    .option('--skip <step>', 'without this step, this once; repeatable', collect, [])
    .option('--watch', 'go on whenever the notebook or a module beside it is saved')
    .option('--tag <tag>', 'a tag for the run; repeatable', collect, [])
    .option('--max-workers <n>', 'most steps at once (default: one a core)')
    .option('--on <place>', 'where steps run whose tags do not say it: local, kubernetes or batch')
    .option('--fail-fast', 'stop everything when a step fails')
    .option('--upgrade', 'resolve `pip:` and files of requirements anew: newer versions count')
    .option('--fresh', 'a fresh interpreter for every step instead of a fork')
    .option('--detach', 'return as soon as it has started');
  verb('resume <run>', 'go on with a run, reusing what still holds', { load: async () => (await import('./commands/resume.ts')).resume, examples: [
    'headwater resume churn/41', 'headwater resume churn/41 --from train -p alpha=0.2',
  ] })
    .option('-p, --param <name=value>', 'a parameter that changes; repeatable', collect, [])
    .option('--from <step>', 'this step and all below run again')
    .option('--strict', 'reuse nothing that another environment made')
    .option('--upgrade', 'resolve `pip:` and files of requirements anew: newer versions count')
    .option('--code <which>', 'the notebook as it is `now` or the `original` of that run', 'now')
    .option('--notebook <path>', 'where the notebook is now')
    .option('--on <place>', 'where steps run whose tags do not say it: local, kubernetes or batch')
    .option('--fail-fast', 'stop everything when a step fails')
    .option('--detach', 'return as soon as it has started');
  verb('rerun <run>', 'the notebook and parameters of a run once more, nothing reused', { load: async () => (await import('./commands/rerun.ts')).rerun, examples: ['headwater rerun churn/41'] })
    .option('--notebook <path>', 'where the notebook is now')
    .option('--fail-fast', 'stop everything when a step fails')
    .option('--detach', 'return as soon as it has started');
  verb('runs [flow]', 'the history, newest first', { load: async () => (await import('./commands/runs.ts')).runs, examples: ['headwater runs', 'headwater runs churn'] })
    .option('--tag <tag>', 'only those with this tag; repeatable', collect, [])
    .option('--limit <n>', 'how many', '20');
  verb('show <run>', 'one run, step by step', { load: async () => (await import('./commands/show.ts')).show, examples: ['headwater show churn/42', 'headwater show churn'] });
  verb('watch <run>', 'follow a run that is under way', { load: async () => (await import('./commands/watch.ts')).watch, examples: ['headwater watch churn/42'] });
  verb('logs <task>', 'what a task showed, or every step of a run', { load: async () => (await import('./commands/logs.ts')).logs, examples: ['headwater logs churn/42/train', 'headwater logs churn/42'] })
    .option('--stdout', 'only what was printed')
    .option('--stderr', 'only the error stream');
  verb('artifacts <task>', 'what a task bound, or all names at the end of a run', { load: async () => (await import('./commands/artifacts.ts')).artifacts, examples: [
    'headwater artifacts churn/42/train', 'headwater artifacts churn/42',
  ] });
  verb('get <artifact>', 'one artifact, shown or written to a file', { load: async () => (await import('./commands/get.ts')).get, examples: [
    'headwater get churn/42/train/model -o model.pkl', 'headwater get churn/42/clean/df -o clean.csv',
  ] })
    .option('-o, --output <file>', 'the file; its ending says how: .pkl .json .csv .parquet .npy .png .txt');
  verb('diff <run> <other>', 'two runs beside each other', { load: async () => (await import('./commands/diff.ts')).diff, examples: ['headwater diff churn/41 churn/42', 'headwater diff churn/41 churn --all'] })
    .option('--all', 'what is the same, too');
  verb('open <run>', 'the executed notebook of a run as a file', { load: async () => (await import('./commands/open.ts')).open, examples: ['headwater open churn/42', 'headwater open churn/42 -o run.ipynb'] })
    .option('-o, --output <file>', 'the file');
  verb('report <run>', 'a run as one page of HTML, for whoever has no Headwater', { load: async () => (await import('./commands/report.ts')).report, examples: ['headwater report churn/42', 'headwater report churn -o churn.html'] })
    .option('-o, --output <file>', 'the file');
  verb('copy <runs...>', 'runs of this store, with all they need, in another one', { load: async () => (await import('./commands/copy.ts')).copy, examples: [
    'headwater copy churn/42 --to s3://team/flows', 'headwater copy churn/41 churn/42 --to /mnt/archive',
  ] })
    .requiredOption('--to <place>', 'the other store, made where there is none: a folder or s3://bucket/prefix');
  verb('export <target> <run>', 'a run in the form of another tool: `metaflow` for a datastore that its client reads', { load: async () => (await import('./commands/export.ts')).exportRun, examples: [
    'headwater export metaflow churn/42', 'headwater export metaflow churn --to ~/flows',
  ] })
    .option('--to <folder>', 'where the datastore (`.metaflow`) is or shall be', '.');
  verb('stop <run>', 'end a run cleanly', { load: async () => (await import('./commands/stop.ts')).stop, examples: ['headwater stop churn/42'] });
  verb('tag <run>', 'words by which a run is found again, and which keep it', { load: async () => (await import('./commands/tag.ts')).tag, examples: [
    'headwater tag churn/42 --add best', 'headwater tag churn/42 --remove best',
  ] })
    .option('--add <tag>', 'repeatable', collect, [])
    .option('--remove <tag>', 'repeatable', collect, []);
  verb('delete <runs...>', 'runs that nobody needs any more', { load: async () => (await import('./commands/delete.ts')).deleteRuns, examples: ['headwater delete churn/41 churn/42'] })
    .option('--dry-run', 'only say what would go');
  verb('gc', 'free what no run refers to, and runs that the settings let go', { load: async () => (await import('./commands/gc.ts')).gc, examples: [
    'headwater gc --dry-run', 'headwater gc --keep-runs 50 --keep-days 90',
  ] })
    .option('--keep-runs <n>', 'runs of each flow that stay at least')
    .option('--keep-days <n>', 'days a run stays at least')
    .option('--dry-run', 'only say what would go');
  verb('verify', 'whether everything in the store is as it was stored', { load: async () => (await import('./commands/verify.ts')).verify, examples: ['headwater verify', 'headwater verify --store s3://team/flows'] });
  verb('serve', 'the service for editors, on this machine only', { load: async () => (await import('./commands/serve.ts')).serve, examples: ['headwater serve --root .'] })
    .option('--root <dir>', 'a folder whose notebooks and stores it serves; repeatable', collect, [])
    .option('--socket <path>', 'a unix socket in a private folder instead of a port')
    .option('--port <n>', 'a port on 127.0.0.1; 0 for any free one', '0')
    .option('--token-file <file>', 'a private file with the token (default: a new one)')
    .option('--read-only', 'runs can be looked at, none started');
  verb('doctor', 'what is installed, what is missing, and what helps', { load: async () => (await import('./commands/doctor.ts')).doctor, examples: ['headwater doctor', 'headwater doctor --on kubernetes'] })
    .option('--on <place>', 'whether steps could run there: kubernetes or batch');
}

interface Verb {
  readonly usage: string;
  readonly description: string;
  readonly load: () => Promise<Action>;
  readonly examples: readonly string[];
}

function addVerb(program: Command, { usage, description, load, examples }: Verb): Command {
  const command = program.command(usage).description(description).addHelpText('after', `\nExamples:\n${examples.map((each) => `  ${each}`).join('\n')}`);
  const { store, python, json } = { store: '--store <place>', python: '--python <path>', json: '--json' };
  command.option(store, 'the store').option(python, 'the interpreter').option(json, 'one JSON object a line');
  command.action(async (...given: unknown[]) => {
    const options = command.optsWithGlobals<Record<string, unknown>>();
    const args = given.slice(0, -2).flat().filter((each) => typeof each === 'string');
    process.exitCode = await (await load())(args, options, options);
  });
  return command;
}

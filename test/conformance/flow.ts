// A graph as a tagged notebook with the code of one behaviour in its steps, run by the command, and looked at through the Python client.

import path from 'node:path';
import type { CellLiteral } from '../helpers/notebook.ts';
import { Project, type Ended } from '../helpers/project.ts';
import type { Graph } from './graphs.ts';
import { itemOf, own, planOf, tasksOf, type Place, type Task } from './plan.ts';

const LOOK = path.join(import.meta.dirname, 'look.py');

const AGAIN = 'again.txt';
/** Code that is true in a run that goes on from another. */
export const RESUMED = `__import__("os").path.exists("${AGAIN}")`;

/** A step as the code of a behaviour is written for it. */
export class Here {
  readonly place: Place;
  readonly #plan: readonly Place[];

  constructor(place: Place, plan: readonly Place[]) {
    this.place = place;
    this.#plan = plan;
  }

  get name(): string {
    return this.place.name;
  }

  get is(): { start: boolean; end: boolean; join: boolean; branch: boolean } {
    const { name, step, around } = this.place;
    return { start: name === 'start', end: name === 'end', join: step.join === true, branch: around.some(({ kind }) => kind === 'each') };
  }

  /** The name this step has for something. */
  own(name: string): string {
    return own(this.place, name);
  }

  /** What the steps before it have under that name: one value, or the list of all in a join. */
  incoming(name: string): string {
    const { before, closes } = this.place;
    if (closes?.kind === 'each') return `[b.${name} for b in inputs]`;
    const names = [...new Set(before.map((each) => own(this.#plan.find((place) => place.name === each)!, name)))];
    return this.is.join ? `[${names.join(', ')}]` : names[0] ?? name;
  }
}

export interface Writing {
  readonly code: (here: Here) => string;
  readonly tags?: (here: Here) => string;
  /** Names that steps side by side start with, as in the step before. */
  readonly carried?: readonly string[];
  /** Cells above the first step. */
  readonly above?: readonly CellLiteral[];
  /** Names to look at, each step's own. */
  readonly names?: readonly string[];
  /** Names to look at that are the same in all steps. */
  readonly shared?: readonly string[];
}

export interface Seen {
  readonly status: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly attempts: readonly string[];
  readonly stdout: string;
  readonly stderr: string;
  readonly exception: { readonly type: string; readonly message: string } | null;
  readonly origin: string | null;
  readonly lineage: Readonly<Record<string, string>>;
}

export interface Looked {
  readonly status: string;
  readonly successful: boolean;
  readonly finished: boolean;
  readonly resumes: string | null;
  readonly tags: readonly string[];
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly data: Readonly<Record<string, unknown>>;
  readonly tasks: Readonly<Record<string, Seen>>;
}

export class Flow {
  readonly project = new Project();
  readonly plan: readonly Place[];
  readonly #writing: Writing;

  constructor(graph: Graph, writing: Writing) {
    this.plan = planOf(graph);
    this.#writing = writing;
    this.project.notebook('nb.ipynb', [...writing.above ?? [], ...this.plan.map((place) => this.#cell(place))]);
  }

  /** Every task a run of it has. */
  get tasks(): readonly Task[] {
    return tasksOf(this.plan);
  }

  here(step: string): Here {
    return new Here(this.plan.find(({ name }) => name === step)!, this.plan);
  }

  async run(...args: string[]): Promise<Ended> {
    return this.project.headwater('run', 'nb.ipynb', ...args);
  }

  /** A step that fails as long as there is no such file has it from now on. */
  async resume(...args: string[]): Promise<Ended> {
    this.project.write(AGAIN, '');
    return this.project.headwater('resume', 'nb/1', ...args);
  }

  async look(run = 'nb/1'): Promise<Looked> {
    const { names: owned = [], shared = [] } = this.#writing;
    const names = Object.fromEntries(this.plan.map((place) => [place.name, Object.fromEntries([...owned.map((name) => [name, own(place, name)]), ...shared.map((name) => [name, name])])]));
    const said = await this.project.python(`import runpy, sys\nsys.argv = ["look", ${JSON.stringify(run)}, ${JSON.stringify(JSON.stringify(names))}]\nrunpy.run_path(${JSON.stringify(LOOK)}, run_name="__main__")`);
    return JSON.parse(said) as Looked;
  }

  /** Something of every task that ran, by its id. */
  pick<T>(looked: Looked, from: (seen: Seen) => T): Record<string, T> {
    return Object.fromEntries(Object.entries(looked.tasks).filter(([, { status }]) => status !== 'skipped').map(([id, seen]) => [id, from(seen)]));
  }

  /** What every task that runs should have, by its id. */
  expected<T>(of: (task: Task) => T): Record<string, T> {
    return Object.fromEntries(this.tasks.filter(({ skipped }) => !skipped).map((task) => [task.id, of(task)]));
  }

  #cell(place: Place): CellLiteral {
    const { code, tags, carried = [] } = this.#writing;
    const here = new Here(place, this.plan);
    return [[...tagsOf(place), tags?.(here) ?? ''].filter((tag) => tag !== '').join(' '), [...openingOf(place), ...carriedInto(here, carried), code(here), ...closingOf(place, this.plan)].join('\n')];
  }
}

function tagsOf({ name, step, before, closes, opens, loop, ...place }: Place): string[] {
  const control = [opens === null ? '' : `foreach:${itemOf(opens)}=${opens}`, closes?.kind === 'each' ? 'join' : '', loop ? `until:${step.choose?.by ?? ''}_over` : ''];
  return [`step:${name}`, ...before.map((each) => `prev:${each}`), ...conditionsSaid({ closes, opens, ...place }).map((each) => `when:${each.choice.by}=${each.case}`), ...control];
}

/** What a foreach depends on is said once, on its first step. */
function conditionsSaid({ around, closes, opens, when }: Pick<Place, 'around' | 'closes' | 'opens' | 'when'>): Place['when'] {
  const innermost = opens === null ? around.findLast(({ kind }) => kind === 'each') ?? closes : null;
  return innermost?.kind === 'each' ? when.filter((each) => !innermost.when.includes(each)) : when;
}

const openingOf = ({ step }: Place) => (step.each === undefined ? [] : [`${step.each.list} = ${JSON.stringify(step.each.of)}`]);

function carriedInto(here: Here, names: readonly string[]): string[] {
  return names.filter((name) => here.place.before.length === 1 && here.own(name) !== here.incoming(name)).map((name) => `${here.own(name)} = ${here.incoming(name)}`);
}

/** What the steps that follow are chosen by. */
function closingOf(place: Place, plan: readonly Place[]): string[] {
  const { step: { choose }, around, loop } = place;
  const begun = plan.flatMap((each) => (each.loop && each.before.includes(place.name) ? ['rounds = 0'] : []));
  if (choose === undefined) return begun;
  const list = around.flatMap((each) => (each.kind === 'each' ? [each.list] : [])).at(-1);
  const is = choose.is === null ? itemOf(list ?? '') : JSON.stringify(choose.is);
  if (!loop) return [`${choose.by} = ${is}`];
  const [goesOn = '', leaves = ''] = Object.keys(choose.cases);
  return ['rounds += 1', `${choose.by} = "${goesOn}" if rounds < ${is} else "${leaves}"`, `${choose.by}_over = ${choose.by} == "${leaves}"`];
}

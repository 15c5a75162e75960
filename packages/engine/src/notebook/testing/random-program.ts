// For tests: random programs that Python compiles and, with outside names that can be anything, also runs.

export interface Random {
  (below: number): number;
}

/** The same numbers for the same seed (mulberry32). */
export function makeRandom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}

const NAMES = ['a', 'b', 'c', 'd', 'e', 'g', 'h', 'k'];
const FUNCTIONS = ['f0', 'f1', 'f2'];
const CLASSES = ['A0', 'A1'];

/** Where a statement stands: what it may say there. */
interface Place {
  readonly depth: number;
  readonly kind: 'module' | 'function' | 'class';
  readonly loop: boolean;
}

export function randomProgram(random: Random): string {
  return block(random, { depth: 0, kind: 'module', loop: false }, 4 + random(8)).join('\n');
}

const pick = <T>(random: Random, list: readonly T[]): T => list[random(list.length)] as T;
const name = (random: Random) => pick(random, NAMES);
const indent = (lines: readonly string[]) => lines.map((line) => `  ${line}`);

function block(random: Random, place: Place, length: number): string[] {
  return Array.from({ length }, () => statement(random, place)).flat();
}

type Make = (random: Random, place: Place) => string[];

const body: Make = (random, place) => indent(block(random, { ...place, depth: place.depth + 1 }, 1 + random(3)));

function statement(random: Random, place: Place): string[] {
  const deep = place.depth >= 3;
  return pick(random, deep ? SIMPLE : random(3) === 0 ? COMPOUND : SIMPLE)(random, place);
}

const SIMPLE: readonly Make[] = [
  (r) => [`${name(r)} = ${expression(r, 2)}`],
  (r) => [`${name(r)} = ${name(r)} = ${expression(r, 1)}`],
  (r) => [`${name(r)}, ${pick(r, ['o.x', 'q[0]', name(r)])} = ${expression(r, 1)}, ${expression(r, 1)}`],
  (r) => [`${name(r)}, *${name(r)} = [${expression(r, 1)}, ${expression(r, 1)}]`],
  (r) => [`${name(r)} ${pick(r, ['+', '-', '*'])}= ${expression(r, 1)}`],
  (r) => [`${name(r)}: ${pick(r, ['int', 'T', '"T"'])} = ${expression(r, 1)}`],
  (r) => [`${name(r)}[${expression(r, 0)}] = ${expression(r, 1)}`],
  (r) => [`${name(r)}.x += ${expression(r, 1)}`],
  (r) => [expression(r, 2)],
  (r) => [`import ${pick(r, ['math', 'os.path', `json as ${name(r)}`, 'math, json'])}`],
  (r) => [`from math import ${pick(r, ['pi', `sin as ${name(r)}`])}`],
  (r) => ['try:', `  del ${name(r)}`, 'except NameError:', '  pass'],
  (r) => [`assert ${name(r)} is not None, ${name(r)}`],
  (r) => [`${pick(r, [...FUNCTIONS, ...CLASSES])}(${expression(r, 0)})`],
  (_, place) => [place.loop ? 'if u: break' : 'pass'],
  (r, place) => [place.kind === 'function' ? `if u: return ${expression(r, 1)}` : 'pass'],
];

const COMPOUND: readonly Make[] = [
  (r, p) => [`if ${condition(r)}:`, ...body(r, p)],
  (r, p) => [`if ${condition(r)}:`, ...body(r, p), `elif ${condition(r)}:`, ...body(r, p), 'else:', ...body(r, p)],
  (r, p) => [`for ${pick(r, [name(r), `${name(r)}, ${name(r)}`])} in pairs(${expression(r, 1)}):`, ...body(r, { ...p, loop: true })],
  (r, p) => [`for ${name(r)} in ${expression(r, 0)}:`, ...body(r, { ...p, loop: true }), 'else:', ...body(r, p)],
  (r, p) => ['while once():', ...body(r, { ...p, loop: true })],
  (r, p) => ['try:', ...body(r, p), `except ${pick(r, ['ValueError', `ValueError as ${name(r)}`, '(KeyError, ValueError)'])}:`, ...body(r, p), ...(r(2) === 0 ? ['else:', ...body(r, p)] : [])],
  (r, p) => ['try:', ...body(r, p), 'finally:', ...body(r, p)],
  (r, p) => ['try:', ...body(r, p), `  if ${condition(r)}: raise ValueError`, 'except ValueError:', ...body(r, p)],
  (r, p) => [`with ${expression(r, 1)} as ${name(r)}:`, ...body(r, p)],
  (r, p) => [`match ${expression(r, 1)}:`, `  case [${name(r)}, *_]:`, ...indent(body(r, p)), `  case {"k": ${name(r)}, **rest}:`, ...indent(body(r, p)), ...(r(2) === 0 ? ['  case _:', ...indent(body(r, p))] : [])],
  define,
  define,
  defineClass,
];

function define(random: Random, place: Place): string[] {
  const parameters = [...new Set([name(random), name(random)])];
  const globals = random(3) === 0 ? NAMES.filter((each) => !parameters.includes(each) && random(4) === 0) : [];
  const head = random(4) === 0 ? [`@${pick(random, ['deco', 'deco2(a)'])}`] : [];
  const first = parameters.map((each, at) => (at === 0 ? each : `${each}=${expression(random, 0)}`)).join(', ');
  return [
    ...head,
    `def ${pick(random, FUNCTIONS)}(${first}, *rest, k9: T = 1, **more) -> ${pick(random, ['int', 'T'])}:`,
    ...(globals.length > 0 ? [`  global ${globals.join(', ')}`] : []),
    ...indent(block(random, { depth: place.depth + 1, kind: 'function', loop: false }, 1 + random(4))),
    ...(random(2) === 0 ? [`  return ${expression(random, 1)}`] : []),
  ];
}

function defineClass(random: Random, place: Place): string[] {
  return [`class ${pick(random, CLASSES)}(${pick(random, ['', 'object', 'base(a)'])}):`, ...indent(block(random, { depth: place.depth + 1, kind: 'class', loop: false }, 1 + random(3)))];
}

// ---------------------------------------------------------------- expressions

/** Never a constant: the compiler would leave out what it decides. */
function condition(random: Random): string {
  return pick(random, [name(random), `${name(random)} != ${expression(random, 1)}`, `not (w9 := ${name(random)})`]);
}

function expression(random: Random, depth: number): string {
  return depth === 0 ? pick(random, [name(random), name(random), '1', '"s"']) : pick(random, EXPRESSIONS)(random, depth - 1);
}

const EXPRESSIONS: readonly ((random: Random, depth: number) => string)[] = [
  (r) => name(r),
  (r, d) => `${expression(r, d)} + ${expression(r, d)}`,
  (r, d) => `(${expression(r, d)} if ${condition(r)} else ${expression(r, d)})`,
  (r, d) => `(${name(r)} and ${expression(r, d)})`,
  (r, d) => `${name(r)}.y(${expression(r, d)}, z=${expression(r, d)})`,
  (r, d) => `${name(r)}[${expression(r, d)}:${expression(r, d)}]`,
  (r, d) => `[${expression(r, d)}, *pairs(${expression(r, d)})]`,
  (r, d) => `{${expression(r, 0)}: ${expression(r, d)}}`,
  (r, d) => `f"{${expression(r, d).replaceAll('"', "'")}!r} {${name(r)}:>{w}}"`,
  (r, d) => `[${expression(r, d)} for ${name(r)} in ${expression(r, d)} if ${condition(r)}]`,
  (r, d) => `{${name(r)}: ${expression(r, d)} for ${name(r)} in ${expression(r, d)} for ${name(r)} in ${expression(r, d)}}`,
  (r, d) => `list(${name(r)} for ${name(r)} in ${expression(r, d)})`,
  (r, d) => `(lambda ${name(r)}, z=${expression(r, d)}: ${expression(r, d)})`,
  (r, d) => `(lambda: ${expression(r, d)})()`,
  (r, d) => `(w${r(3)} := ${expression(r, d)})`,
];

// Against Python itself, on random programs: names as its compiler sorts them, and names as running shows them.

import { describe, expect, it } from 'vitest';
import { isBuiltin } from '../knowledge/builtin-names.ts';
import { observeTexts } from '../testing/observe-text.ts';
import { askPython, hasPython } from '../testing/python.ts';
import { makeRandom, randomProgram } from '../testing/random-program.ts';
import { loadParser } from '../syntax/parser.ts';
import type { Code } from './code.ts';
import type { Event } from './event.ts';
import { findFacts } from './find-facts.ts';

interface Names {
  readonly reads: readonly string[];
  readonly binds: readonly string[];
}

interface Answer extends Names {
  /** Read and bound in a class body: its own or global, as the moment has it. */
  readonly unclear: readonly string[];
  readonly functions: readonly (Names & { readonly name: string })[];
  readonly runs: readonly (Names & { readonly finished: boolean })[];
}

/** How many are made; some of them Python refuses, as a walrus in the iterable of a comprehension. */
const PROGRAMS = 700;
const parse = await loadParser();

function namesOf(events: readonly Event[]): Names {
  const named = (kinds: readonly string[]) => [...new Set(events.flatMap((event) => (kinds.includes(event.do) && 'name' in event ? [event.name] : [])))].sort();
  return { reads: named(['read']), binds: named(['bind', 'delete']) };
}

/** Functions and lambdas of the module and its classes, by position. */
function functionsOf(events: readonly Event[]): (Names & { name: string })[] {
  const codes = events.flatMap((event): Code[] => (event.do === 'bind' ? [...event.value.code] : event.do === 'run' ? [event.code] : []));
  return [...new Set(codes)].flatMap((code) => (code.kind === 'class' ? [] : [{ name: code.name, ...namesOf(code.events) }]));
}

const show = (all: readonly (Names & { name: string })[]) => all.map((each) => `${each.name}: ${each.reads.join(' ')} → ${each.binds.join(' ')}`).sort();

describe.skipIf(!hasPython)('Python', () => {
  const made = Array.from({ length: hasPython ? PROGRAMS : 0 }, (_, seed) => randomProgram(makeRandom(seed)));
  const asked = (hasPython ? askPython(new URL('ask_python.py', import.meta.url), made) : []) as (Answer | null)[];
  const programs = made.filter((_, at) => asked[at] !== null);
  const answers = asked.filter((answer) => answer !== null);
  const facts = programs.map((program) => findFacts(program, parse));

  it('parses what Python compiles', () => {
    expect(programs.length).toBeGreaterThan(400);
    expect(programs.filter((_, at) => (facts[at]?.parsed.problems.length ?? 0) > 0)).toEqual([]);
  });

  it('reads and binds the same names at once', () => {
    for (const [at, program] of programs.entries()) {
      const { reads, binds, unclear } = answers[at]!;
      const plain = (names: readonly string[]) => names.filter((name) => !name.startsWith('__') && !unclear.includes(name));
      const ours = namesOf(facts[at]!.events);
      expect({ program, reads: plain(ours.reads), binds: plain(ours.binds) }).toEqual({ program, reads: plain(reads), binds: plain(binds) });
    }
  });

  it('finds the same global names in every function', () => {
    for (const [at, program] of programs.entries()) {
      const named = (all: readonly (Names & { name: string })[]) => show(all.filter((each) => each.name !== 'lambda'));
      const ours = named(functionsOf(facts[at]!.events));
      expect({ program, functions: named(answers[at]!.functions).filter((each) => ours.includes(each)) }).toEqual({ program, functions: ours });
    }
  });

  it('predicts every name that running asks for, and every name it binds', () => {
    const missed = programs.flatMap((program, at) => {
      const findings = observeTexts(program);
      return answers[at]!.runs.flatMap(({ reads, binds, finished }) => [
        ...reads.filter((name) => !findings.reads.has(name) && !isBuiltin(name) && !program.includes(`del ${name}`)).map((name) => `reads ${name}`),
        ...binds.filter((name) => !findings.binds.has(name)).map((name) => `binds ${name}`),
        ...(finished ? [...findings.binds].filter(([name, bind]) => bind.sure && bind.kind === 'bind' && !binds.includes(name) && !program.includes(`del ${name}`)).map(([name]) => `surely binds ${name}`) : []),
      ].map((what) => ({ program, what })));
    });
    expect(missed).toEqual([]);
    expect(answers.filter((answer) => answer.runs.some((run) => run.finished)).length).toBeGreaterThan(PROGRAMS / 3);
  });
});

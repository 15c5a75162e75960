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

interface Sorted extends Names {
  /** Read and bound in a class body: its own or global, as the moment has it. */
  readonly unclear: readonly string[];
}

interface Answer extends Sorted {
  readonly functions: readonly (Sorted & { readonly name: string })[];
  readonly runs: readonly (Names & { readonly finished: boolean })[];
}

/** How many are made; some of them Python refuses, as a walrus in the iterable of a comprehension. */
const PROGRAMS = 600;
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

const without = ({ reads, binds }: Names, unclear: readonly string[]): Names => ({ reads: reads.filter((name) => !unclear.includes(name)), binds: binds.filter((name) => !unclear.includes(name)) });

describe.skipIf(!hasPython)('Python', () => {
  const made = Array.from({ length: hasPython ? PROGRAMS : 0 }, (_, seed) => randomProgram(makeRandom(seed)));
  const asked = (hasPython ? askPython(new URL('ask_python.py', import.meta.url), made) : []) as (Answer | null)[];
  const programs = made.filter((_, at) => asked[at] !== null);
  const answers = asked.filter((answer) => answer !== null);
  const facts = programs.map((program) => findFacts(program, parse));

  it('parses what Python compiles', () => {
    expect(programs.length).toBeGreaterThan(300);
    expect(programs.filter((_, at) => (facts[at]?.problems.length ?? 0) > 0)).toEqual([]);
  });

  it('reads and binds the same names at once', () => {
    for (const [at, program] of programs.entries()) {
      const answer = answers[at]!;
      expect({ program, ...without(namesOf(facts[at]!.events), answer.unclear) }).toEqual({ program, ...without(answer, answer.unclear) });
    }
  });

  it('finds the same global names in every function', () => {
    for (const [at, program] of programs.entries()) {
      const theirs = answers[at]!.functions.filter((each) => each.name !== 'lambda');
      const unclear = theirs.flatMap((each) => each.unclear);
      const show = (each: Names & { name: string }) => JSON.stringify([each.name, without(each, unclear)]);
      const ours = functionsOf(facts[at]!.events).filter((each) => each.name !== 'lambda').map(show);
      expect({ program, missed: ours.filter((each) => !theirs.map(show).includes(each)) }).toEqual({ program, missed: [] });
    }
  });

  // A name that was deleted is no outside name any more; and what happens before a failure is not promised.
  it('predicts every name that running asks for, and every name it binds', () => {
    const missed = programs.flatMap((program, at) => {
      const findings = observeTexts(program);
      return answers[at]!.runs.filter((run) => run.finished).flatMap(({ reads, binds }) => [
        ...reads.filter((name) => !findings.reads.has(name) && !isBuiltin(name) && !program.includes(`del ${name}`)).map((name) => `reads ${name}`),
        ...binds.filter((name) => !findings.binds.has(name)).map((name) => `binds ${name}`),
        ...[...findings.binds].filter(([name, bind]) => bind.sure && bind.kind === 'bind' && !binds.includes(name) && !program.includes(`del ${name}`)).map(([name]) => `surely binds ${name}`),
      ].map((what) => ({ program, what })));
    });
    expect(missed).toEqual([]);
    expect(answers.filter((answer) => answer.runs.some((run) => run.finished)).length).toBeGreaterThan(120);
  });
});

// Stores of every format there ever was are still listed, shown, read back and resumed.

import { cpSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Project } from '../helpers/project.ts';
import { RECORDED } from './recorded.ts';

const FORMATS = readdirSync(import.meta.dirname).filter((name) => /^store-\d+$/.test(name));

/** Without what differs from recording to recording: times, and a process's memory. */
function unmeasured(text: string): string {
  const row = text.replace(/\d+ (s|min|h) ago|\d{4}-\d\d-\d\d( \d\d:\d\d)?/, 'AGO').replaceAll(/\d+ ms +\d\d\.\d MB/g, 'OVERHEAD  MEMORY');
  return row.replaceAll(/\b\d\.\d s/g, 'TOOK').replaceAll(/ {2,}/g, '  ');
}

function open(format: string): Project {
  const project = new Project();
  cpSync(new URL(format, import.meta.url), project.path('.headwater'), { recursive: true });
  project.notebook('old.ipynb', RECORDED);
  project.write('headwater.json', '{"trust": ["ada"]}');
  return project;
}

describe.each(FORMATS)('%s', (format) => {
  it('is listed and shown', async () => {
    const project = open(format);
    expect(unmeasured((await project.headwater('runs')).stdout)).toMatchInlineSnapshot(`
      "  Run  State  Started  Took  Parameters
      ✗  old/1  Failed  AGO  TOOK  scale=3  bad: ValueError
      "
    `);
    expect(unmeasured((await project.headwater('show', 'old/1')).stdout)).toMatchInlineSnapshot(`
      "✗ old/1 failed · TOOK · AGO
        scale=3
        Step  State  Took  Waited  CPU  Overhead  Peak memory
      ✓  make  Done  TOOK  TOOK  TOOK  OVERHEAD  MEMORY
      ✓  sum  Done  TOOK  TOOK  TOOK  OVERHEAD  MEMORY
      ✓  bytes  Done  TOOK  TOOK  TOOK  OVERHEAD  MEMORY
      ✗  bad  Failed  TOOK  TOOK  TOOK  OVERHEAD  MEMORY

      bad failed in cell 6, line 2: ValueError: not today
      ---------------------------------------------------------------------------
      ValueError  Traceback (most recent call last)
      Cell In[6], line 2
        1 rows.append(total)
      ----> 2 raise ValueError("not today")

      ValueError: not today
      "
    `);
    expect((await project.headwater('artifacts', 'old/1')).stdout).toMatchInlineSnapshot(`
      "Name   Type       Shape         Size     Step
      rows   list       2 items       112 B    make
      same   list       2 items       112 B    make
      total  int                      20 B     sum
      large  bytearray  70 000 bytes  70.0 kB  bytes
      words  dict       2 items       51 B     bytes
      "
    `);
    expect((await project.headwater('logs', 'old/1')).stdout).toMatchInlineSnapshot(`
      "made 2
      9
      ---------------------------------------------------------------------------
      ValueError                                Traceback (most recent call last)
      Cell In[6], line 2
            1 rows.append(total)
      ----> 2 raise ValueError("not today")

      ValueError: not today
      "
    `);
  });

  it('gives its values back', async () => {
    expect(await open(format).python(`
import headwater
run = headwater.Run('old/1')
make = run['make'].task.data
print(run.successful, [step.name for step in run])
print(make.rows is make.same, [p.x for p in make.rows], run['sum'].task.data.total)
print(len(run['bytes'].task.data.large), run['bytes'].task.data.words)
try: make.ticks
except Exception as error: print(error)
print([type(p).__name__ if not isinstance(p, int) else p for p in run['bad'].task.data.rows])
`)).toMatchInlineSnapshot(`
  "False ['make', 'sum', 'bytes', 'bad']
  True [3, 6] 9
  70000 {'a': [1, 2.5, None], 'b': 'ä'}
  ticks of old/1/make.0 was not stored: a generator. Make it in setup, or in the step that uses it.
  ['Point', 'Point', 9]
  "
`);
  });

  it('is gone on with', async () => {
    const project = open(format);
    project.notebook('old.ipynb', RECORDED.map(([tags, source]) => [tags, source.replace('raise ValueError("not today")', 'len(rows)')]));
    const { stdout } = await project.headwater('resume', 'old/1');
    // What this machine has installed and the recording one had not is no matter of formats.
    expect(stdout.replaceAll(/\d+\.\d s/g, 'TIME').replace(/^Since [^]*?runs it again\.\n/m, '')).toMatchInlineSnapshot(`
      "PYTHON · the active environment .venv
      old/2 · old.ipynb
      made 2
      ↻ make  reused
      9
      ↻ sum  reused
      ↻ bytes  reused
      3
      ✓ bad  TIME
      ✓ old/2 done
      "
    `);
  });
});

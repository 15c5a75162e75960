// The notebook whose run is recorded as a store of each format: parameters, aliases, a class, a value that cannot be stored, rich output, a failure.

import type { CellLiteral } from '../helpers/notebook.ts';

export const RECORDED: readonly CellLiteral[] = [
  ['parameters', 'scale = 2'],
  ['setup', 'class Point:\n    def __init__(self, x):\n        self.x = x * scale'],
  ['step:make', 'rows = [Point(1), Point(2)]\nsame = rows\nticks = (i for i in range(9))\nprint("made", len(rows))'],
  ['step:sum', 'total = sum(p.x for p in rows)\ntotal'],
  ['step:bytes', 'large = bytearray(b"x" * 70_000)\nwords = {"a": [1, 2.5, None], "b": "ä"}'],
  ['step:bad', 'rows.append(total)\nraise ValueError("not today")'],
];

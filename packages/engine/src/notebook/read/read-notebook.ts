// A notebook file's text: Jupyter's JSON, or a Python script in the percent format.

import { UserError } from '@headwater/protocol';
import { readIpynb } from './ipynb.ts';
import type { Notebook } from './notebook.ts';
import { readPercent } from './percent.ts';

export function readNotebook(text: string, path: string): Notebook {
  const plain = text.replace(/^\ufeff/, '');
  if (path.endsWith('.py')) return readPercent(plain, path);
  if (path.endsWith('.ipynb')) return readIpynb(plain, path);
  throw new UserError('not-a-notebook', `${path} is no notebook: its name ends neither in .ipynb nor in .py.`, 'Headwater reads Jupyter notebooks and Python scripts with `# %%` cells.');
}

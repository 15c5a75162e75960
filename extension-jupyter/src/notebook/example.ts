// The example notebook: written once beside the notebook in use, opened from then on.

import type { JupyterFrontEnd } from '@jupyterlab/application';
import { PathExt } from '@jupyterlab/coreutils';
import { EXAMPLE_FILE, exampleText } from '@headwater/panels';
import type { Notebooks } from './notebooks.ts';

export async function openExample({ commands, serviceManager: { contents } }: JupyterFrontEnd, notebooks: Notebooks): Promise<void> {
  const path = PathExt.join(PathExt.dirname(notebooks.current?.panel.context.path ?? ''), EXAMPLE_FILE);
  const isThere = await contents.get(path, { content: false }).then(() => true, () => false);
  if (!isThere) await contents.save(path, { type: 'notebook', format: 'json', content: JSON.parse(exampleText()) as unknown });
  await commands.execute('docmanager:open', { path });
}

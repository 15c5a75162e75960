// A flow is named by its notebook, unless the notebook says otherwise.

import { isFlowName, UserError } from '@headwater/protocol';
import type { Settings } from '../read/notebook.ts';

export function nameFlow(path: string, settings: Settings): string {
  if (settings.name !== null) {
    if (isFlowName(settings.name)) return settings.name;
    throw new UserError('bad-flow-name', `The notebook's metadata calls the flow \`${settings.name}\`, which is no name: it must not hold \`/\`.`, null);
  }
  return (path.split('/').at(-1) ?? path).replace(/\.(?:ipynb|py)$/, '');
}

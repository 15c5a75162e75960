// Objects that change by being used, known by what made them.

import { memoize } from './memoize.ts';

/** `generator`, `stream`: any use changes it. `drawing`: any method call changes it. */
export type Kind = 'plain' | 'generator' | 'stream' | 'drawing';

const GENERATORS = /^(?:numpy\.random\.(?:default_rng|RandomState|Generator)|random\.(?:Random|SystemRandom)|torch\.Generator|sklearn\.utils\.check_random_state)$/;
const STREAMS = /^builtins\.(?:iter|map|filter|zip|enumerate|reversed|open)$|^csv\.(?:reader|DictReader|writer|DictWriter)$|^itertools\.\w+$|^re\.finditer$|^pathlib\.Path\.open$/;
const DRAWINGS = /^matplotlib\.pyplot\.(?:figure|subplots|subplot|subplot_mosaic|axes|gca|gcf|subplot2grid)$/;
const DRAWING_METHODS = /^seaborn\.\w*(?:plot|map|Grid)$|\.(?:plot|hist|boxplot|plot\.\w+|add_subplot|add_axes|gca|twinx|twiny|inset_axes|subplots)$/;

/** By the name of the callee, absolute where it is known. */
export const kindOfCall = memoize((callee): Kind => {
  if (GENERATORS.test(callee)) return 'generator';
  if (STREAMS.test(callee)) return 'stream';
  return DRAWINGS.test(callee) || DRAWING_METHODS.test(callee) ? 'drawing' : 'plain';
});

/** Methods of figures and axes that only look. */
export function isQuietDrawingMethod(method: string): boolean {
  return /^(?:get_|savefig$|show$|has_|contains|draw_idle$)/.test(method);
}

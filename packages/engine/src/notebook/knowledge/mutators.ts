// Calls that are known to change the content of an object, by the name of the method or function.

import { memoize } from './memoize.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/**
 * They give nothing back where they change the object, so a call whose result is taken is another method of the
 * same name: `total = a.add(b)`.
 */
const AS_STATEMENT = words(`
  append extend insert remove clear sort reverse add discard update appendleft extendleft
  difference_update intersection_update symmetric_difference_update __setitem__ __delitem__ move_to_end subtract
  put fill setflags itemset setfield
  to cuda cpu half double eval train compile build add_module register_buffer register_parameter load_state_dict load_weights
  set_params set_weights freeze unfreeze zero_grad backward step requires_grad_
  write writelines close flush seek truncate commit rollback execute executemany executescript put_nowait
  add_node add_edge add_edges_from add_nodes_from add_weighted_edges_from remove_node remove_edge remove_nodes_from remove_edges_from
  add_trace add_traces add_hline add_vline add_shape add_annotation
  add_layer add_callback add_pipe`);

/** They change the object whatever becomes of the result. */
const ALWAYS = words(`
  pop popitem popleft setdefault fit fit_transform fit_predict fit_resample partial_fit fit_generator fit_one_cycle train_on_batch learn build_vocab
  update_layout update_traces update_xaxes update_yaxes adapt send __next__ read readline readlines fetchone fetchmany fetchall`);

export function changesObject(method: string, used: boolean): boolean {
  // Torch marks what works in place by one underscore at the end.
  return ALWAYS.has(method) || (!used && AS_STATEMENT.has(method)) || (method.endsWith('_') && /^[a-z]\w*[^_]_$/.test(method));
}

const FITTING = words('fit train fit_transform partial_fit fit_predict learn');

/** Made of parts that it works on in place. Searches and ensembles copy theirs. */
const COMPOSED = /(?:Trainer|Pipeline|FeatureUnion|Sequential|make_pipeline|make_union)$/;

/** An optimizer changes its model, a pipeline the transformers in it. */
export function changesContents(method: string, maker: string | null): boolean {
  return maker !== null && (method === 'step' || (FITTING.has(method) && COMPOSED.test(maker)));
}

/** Functions that change what they are given, and at which position. */
const ARGUMENTS: ReadonlyMap<RegExp, number> = new Map([
  [/^numpy\.(?:put|copyto|fill_diagonal|place|putmask|put_along_axis)$/, 0],
  [/^(?:random|numpy\.random)\.shuffle$/, 0],
  [/^heapq\.\w+$/, 0],
  [/^bisect\.insort/, 0],
  [/^builtins\.(?:setattr|delattr|next|anext)$/, 0],
  [/^builtins\.(?:list|dict|set|bytearray)\.(?:append|extend|insert|remove|pop|clear|sort|reverse|add|discard|update|setdefault|popitem)$/, 0],
  [/^operator\.(?:setitem|delitem|i[a-z]+)$/, 0],
  [/^torch\.nn\.(?:init\.\w+_|utils\.clip_grad_\w+_)$/, 0],
  [/^torch\.optim\.swa_utils\.update_bn$/, 1],
]);

export const changedArgument = memoize((absolute): number | null => {
  for (const [pattern, at] of ARGUMENTS) if (pattern.test(absolute)) return at;
  return null;
});

/** Keywords that name what is written to. */
export const CHANGED_KEYWORDS: ReadonlySet<string> = new Set(['out', 'ax', 'axes', 'file']);

// Process state: which calls set it, and who is likely to notice.

import type { StateAct } from '../facts/event.ts';
import { memoize } from './memoize.ts';

interface StateVariable {
  readonly name: string;
  /** Absolute names whose call or assignment sets it. */
  readonly set: RegExp;
  /** Absolute names whose mention makes use of it; null: every later step does. */
  readonly use: RegExp | null;
  /** Uses that change it: drawing a random number. Only noticed after it was set once. */
  readonly draws: boolean;
}

const STATE: readonly StateVariable[] = [
  { name: '%cwd', set: /^os\.(?:chdir|fchdir)$/, use: null, draws: false },
  { name: '%env', set: /^os\.(?:environ\b(?!\.(?:get|copy|items|keys|values)$)|putenv$|unsetenv$)|^dotenv\.load_dotenv$/, use: null, draws: false },
  { name: '%path', set: /^sys\.path(?:$|\.(?:append|insert|extend|remove|pop|clear)$)|^site\.addsitedir$/, use: null, draws: false },
  { name: '%random', set: /^random\.(?:seed|setstate)$/, use: /^random\.(?!Random$|SystemRandom$|getstate$)\w/, draws: true },
  {
    name: '%numpy.random',
    set: /^numpy\.random\.(?:seed|set_state)$/,
    use: /^numpy\.random\.(?!default_rng|RandomState|Generator|SeedSequence|PCG64|MT19937|BitGenerator|get_state)\w|^scipy\.stats\.\w+\.rvs$|^sklearn\.model_selection\.train_test_split$|^sklearn\.utils\.(?:shuffle|resample)$/,
    draws: true,
  },
  {
    name: '%torch.random',
    set: /^torch\.(?:manual_seed|seed|set_rng_state|cuda\.manual_seed(?:_all)?)$/,
    use: /^torch\.(?:rand|randn|randint|randperm|rand_like|randn_like|bernoulli|multinomial|normal|utils\.data\.(?:DataLoader|random_split|RandomSampler))$|^torch\.nn\.[A-Z]/,
    draws: true,
  },
  { name: '%tensorflow.random', set: /^tensorflow\.(?:random\.set_seed|set_random_seed|keras\.utils\.set_random_seed)$|^keras\.utils\.set_random_seed$/, use: /^tensorflow\.(?:random\.|keras\.(?:Sequential|Model|layers|models|applications))|^keras\./, draws: true },
  {
    name: '%rcParams',
    set: /^matplotlib\.(?:rc|rcdefaults|rc_file|use|style\.use|rcParams\b.*|pyplot\.(?:rc|rcdefaults|style\.use|rcParams\b.*|xkcd|set_cmap|switch_backend))$|^seaborn\.(?:set\w*|reset_\w+)$/,
    use: /^(?:matplotlib|seaborn)\b/,
    draws: false,
  },
  { name: '%pandas', set: /^pandas\.(?:set_option|reset_option|options\..+|set_eng_float_format)$/, use: /^pandas\b/, draws: false },
  { name: '%numpy', set: /^numpy\.(?:set_printoptions|seterr|seterrcall|set_string_function)$/, use: /^numpy\b/, draws: false },
  { name: '%warnings', set: /^warnings\.(?:filterwarnings|simplefilter|resetwarnings)$/, use: /^warnings\b/, draws: false },
  { name: '%decimal', set: /^decimal\.(?:setcontext|getcontext)$/, use: /^decimal\b/, draws: false },
  { name: '%sklearn', set: /^sklearn\.set_config$/, use: /^sklearn\b/, draws: false },
  { name: '%recursionlimit', set: /^sys\.setrecursionlimit$/, use: /^sys\b/, draws: false },
  { name: '%logging', set: /^logging\.(?:basicConfig|disable|captureWarnings|addLevelName)$/, use: /^logging\b/, draws: false },
  { name: '%torch', set: /^torch\.(?:set_default_dtype|set_default_device|set_default_tensor_type|set_printoptions|use_deterministic_algorithms)$/, use: /^torch\b/, draws: false },
];

export interface StateEffect {
  readonly variable: StateVariable;
  readonly act: StateAct;
}

/** What mentioning, calling or assigning this absolute name does to process state. */
export const stateEffects = memoize((absolute): readonly StateEffect[] => STATE.flatMap((variable): StateEffect[] => {
  if (variable.set.test(absolute)) return [{ variable, act: 'set' }];
  if (variable.use?.test(absolute) !== true) return [];
  return [{ variable, act: variable.draws ? 'draw' : 'use' }];
}));

/** Every later step may notice. */
export function isForAll(name: string): boolean {
  return STATE.some((variable) => variable.name === name && variable.use === null);
}

/** A seed that makes the draws after it repeatable; a call with its own generator draws nothing from the global one. */
export const OWN_GENERATOR_KEYWORDS: ReadonlySet<string> = new Set(['random_state', 'generator', 'seed']);

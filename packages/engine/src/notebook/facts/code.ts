// A function, lambda or class of the notebook as others see it: what calling it may do to names.

import type { Event } from './event.ts';
import type { Value } from './value.ts';

export interface Code {
  readonly kind: 'function' | 'class';
  readonly name: string;
  /** Positional parameters in order, then keyword ones; `self` included. */
  readonly parameters: readonly string[];
  /** On global names and parameters; of a class, those of all its methods. */
  readonly events: readonly Event[];
  /** The events that concern parameters: what a call does to its arguments. */
  readonly onParameters: readonly Event[];
  /** What it may return. */
  readonly returns: Value;
  readonly generator: boolean;
  readonly methods: ReadonlyMap<string, Code>;
  readonly bases: readonly string[];
}

// What a notebook says about itself as a whole.

import * as v from 'valibot';
import type { Notebook, Settings } from './notebook.ts';

const tags = v.fallback(v.array(v.string()), []);
const text = v.fallback(v.nullable(v.string()), null);
const HeadwaterSchema = v.object({ name: v.optional(text, null), defaults: v.optional(tags, []), schedule: v.optional(text, null) });
const KaleSchema = v.object({ steps_defaults: v.optional(tags, []) });

export function readSettings(metadata: Readonly<Record<string, unknown>>): Pick<Notebook, 'settings' | 'isKale'> {
  const own = v.safeParse(HeadwaterSchema, metadata['headwater']);
  const kale = v.safeParse(KaleSchema, metadata['kubeflow_notebook']);
  const settings: Settings = own.success ? own.output : { name: null, defaults: [], schedule: null };
  const defaults = [...settings.defaults, ...(kale.success ? kale.output.steps_defaults : [])];
  return { settings: { ...settings, defaults }, isKale: kale.success };
}

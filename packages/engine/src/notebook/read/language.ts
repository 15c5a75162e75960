// Steps are Python: a notebook of another kernel is refused with a sentence.

import { UserError } from '@headwater/protocol';
import * as v from 'valibot';

const KernelSchema = v.object({
  language_info: v.optional(v.object({ name: v.optional(v.string()) }), {}),
  kernelspec: v.optional(v.object({ language: v.optional(v.string()), display_name: v.optional(v.string()), name: v.optional(v.string()) }), {}),
});

export function refuseOtherLanguages(metadata: Readonly<Record<string, unknown>>, path: string): void {
  const parsed = v.safeParse(KernelSchema, metadata);
  if (!parsed.success) return;
  const { language_info: info, kernelspec: kernel } = parsed.output;
  // JupyterLab writes an empty name until the kernel has said what it speaks.
  const language = [info.name, kernel.language].find((name) => name !== undefined && name !== '') ?? 'python';
  if (/^(?:i?python3?|pyodide|sage|xpython)$/i.test(language)) return;
  throw new UserError('not-python', `${path} is a notebook for ${kernel.display_name ?? language}; Headwater runs Python notebooks.`, null);
}

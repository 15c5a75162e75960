// What an editor sends to a kernel, evaluated as a kernel evaluates it: in the namespace of a person, by one expression.

import { kernelExpression, type KernelAnswer, type KernelRequest } from '@headwater/panels';
import type { Project } from './project.ts';

/** Runs lines of a person and requests of an editor in turn; returns the answers, and what the lines printed. */
export async function askKernel(project: Project, parts: readonly (string | KernelRequest)[]): Promise<{ answers: KernelAnswer[]; printed: string }> {
  const code = parts.map((part) => (typeof part === 'string' ? part : `_a.append(${kernelExpression(part)}._repr_mimebundle_()["application/vnd.headwater+json"])`));
  const printed = await project.python(['_a = []', ...code, 'import json', 'print("\\nANSWERS" + json.dumps(_a))'].join('\n'));
  const [before = '', answers = '[]'] = printed.split('\nANSWERS');
  return { answers: JSON.parse(answers) as KernelAnswer[], printed: before };
}

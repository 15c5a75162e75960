// Settings of a project: `headwater.json` at its root. What belongs to a notebook stands in the notebook; what belongs to machines and clusters, here.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { UserError } from '@headwater/protocol';
import { ProfileSchema, type Profile } from '../execute/kubernetes/profile.ts';

const SETTINGS_FILE = 'headwater.json';

const SettingsSchema = v.strictObject({ kubernetes: v.optional(ProfileSchema) });

/** The profile of pods. Throws UserError where there is none, or where it says something nobody understands. */
export function readKubernetesProfile(project: string): Profile {
  const file = path.join(project, SETTINGS_FILE);
  const hint = `For example {"kubernetes": {"image": "python:3.12-slim", "namespace": "flows"}}; docs/kubernetes.md has all there is.`;
  if (!existsSync(file)) throw new UserError('no-profile', `Steps are to run on Kubernetes, but there is no ${SETTINGS_FILE} in ${project} that says in which image.`, hint);
  const { kubernetes } = parse(file);
  if (kubernetes === undefined) throw new UserError('no-profile', `${file} has no \`kubernetes\` part.`, hint);
  return kubernetes;
}

function parse(file: string): v.InferOutput<typeof SettingsSchema> {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UserError('bad-settings', `${file} is no JSON: ${error instanceof Error ? error.message : String(error)}`, null);
  }
  const result = v.safeParse(SettingsSchema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new UserError('bad-settings', `${file}: ${v.getDotPath(issue) ?? 'the whole'}: ${issue.message}.`, null);
}

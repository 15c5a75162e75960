// Settings of a project: `headwater.json` at its root. What belongs to a notebook stands in the notebook; what belongs to machines and clusters, here.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { UserError } from '@headwater/protocol';
import { KEEP_ALL, RetentionSchema, type Retention } from '../care/retention.ts';
import { BatchProfileSchema } from '../execute/batch/profile.ts';
import { ProfileSchema } from '../execute/kubernetes/profile.ts';

const SETTINGS_FILE = 'headwater.json';

const SettingsSchema = v.strictObject({ kubernetes: v.optional(ProfileSchema), batch: v.optional(BatchProfileSchema), retention: v.optional(RetentionSchema) });
type Settings = v.InferOutput<typeof SettingsSchema>;

const EXAMPLES = {
  kubernetes: '{"kubernetes": {"image": "python:3.12-slim", "namespace": "flows"}}; docs/kubernetes.md has all there is.',
  batch: '{"batch": {"queue": "flows", "image": "python:3.12-slim", "jobRole": "arn:aws:iam::…"}}; docs/batch.md has all there is.',
};

/** How processes look in that place. Throws UserError where it is not said, or says something nobody understands. */
export function readProfile<P extends keyof typeof EXAMPLES>(project: string, place: P): NonNullable<Settings[P]> {
  const file = path.join(project, SETTINGS_FILE);
  const hint = `For example ${EXAMPLES[place]}`;
  if (!existsSync(file)) throw new UserError('no-profile', `Steps are to run on ${WORDS[place]}, but there is no ${SETTINGS_FILE} in ${project} that says how.`, hint);
  const profile = parse(file)[place];
  if (profile === undefined) throw new UserError('no-profile', `${file} has no \`${place}\` part.`, hint);
  return profile;
}

/** How long runs stay: what a project does not say is as kind as can be. */
export function readRetention(project: string): Retention {
  const file = path.join(project, SETTINGS_FILE);
  return (existsSync(file) ? parse(file).retention : undefined) ?? KEEP_ALL;
}

const WORDS = { kubernetes: 'Kubernetes', batch: 'AWS Batch' };

function parse(file: string): Settings {
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

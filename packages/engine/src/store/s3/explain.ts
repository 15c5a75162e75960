// What S3 or the way to it says when it does not work, as a sentence for the person.

import { UserError } from '@headwater/protocol';
import type { S3Place } from './s3-url.ts';

const CREDENTIALS = 'Credentials come from the environment, the profile (`AWS_PROFILE`), SSO or the role of the machine, as for every AWS tool.';

type Saying = readonly [sentence: string, hint: string];

const SAYINGS: Readonly<Record<string, Saying>> = {
  NoSuchBucket: ['is in a bucket that does not exist', 'Check the name and the endpoint; Headwater makes no buckets.'],
  AccessDenied: ['may not be used with these credentials', 'They need s3:GetObject, s3:PutObject, s3:DeleteObject and s3:ListBucket there.'],
  Forbidden: ['may not be used with these credentials', 'They need s3:GetObject, s3:PutObject, s3:DeleteObject and s3:ListBucket there.'],
  InvalidAccessKeyId: ['does not know these credentials', CREDENTIALS],
  XAdminUserNotFound: ['does not know these credentials', CREDENTIALS],
  SignatureDoesNotMatch: ['refuses the signature: the secret key is wrong', CREDENTIALS],
  ExpiredToken: ['refuses the credentials: they have expired', 'Sign in again, then `headwater resume` the run.'],
  TokenRefreshRequired: ['refuses the credentials: they have expired', 'Sign in again, then `headwater resume` the run.'],
  RequestTimeTooSkewed: ['refuses requests of this machine: its clock is wrong', 'Set the clock.'],
  CredentialsProviderError: ['cannot be opened: there are no credentials', CREDENTIALS],
  TokenProviderError: ['cannot be opened: the sign-in has expired', 'Sign in again (`aws sso login`).'],
  PermanentRedirect: ['is in another region', 'Name it: s3://…?region=eu-central-1, or AWS_REGION.'],
  AuthorizationHeaderMalformed: ['is in another region', 'Name it: s3://…?region=eu-central-1, or AWS_REGION.'],
  IllegalLocationConstraintException: ['is in another region', 'Name it: s3://…?region=eu-central-1, or AWS_REGION.'],
  'Region is missing': ['cannot be opened: no region is known', 'Name it: s3://…?region=eu-central-1, or AWS_REGION.'],
  ENOTFOUND: ['cannot be reached: its host is unknown', 'Check the endpoint and the network.'],
  EAI_AGAIN: ['cannot be reached: its host is unknown', 'Check the endpoint and the network.'],
  ECONNREFUSED: ['cannot be reached: nothing answers at its endpoint', 'Check the endpoint and whether its server runs.'],
  ECONNRESET: ['cannot be reached: connections to it break off', 'Check the network, then `headwater resume` the run.'],
  EPIPE: ['cannot be reached: connections to it break off', 'Check the network, then `headwater resume` the run.'],
  TimeoutError: ['does not answer in time', 'Check the network, then `headwater resume` the run.'],
  SlowDown: ['asks for fewer requests than a run needs', 'Run fewer steps at once (`--max-workers`), or `headwater resume` later.'],
  ServiceUnavailable: ['is out of service', 'Go on later with `headwater resume`.'],
  InternalError: ['is out of service', 'Go on later with `headwater resume`.'],
};

export function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  if (error.message === 'Region is missing') return error.message;
  // An answer without a body has no name of its own.
  if (error.name === 'UnknownError' || error.name === 'Error') return code ?? (statusOf(error) === 403 ? 'Forbidden' : error.name);
  return error.name;
}

export function statusOf(error: unknown): number {
  if (!(error instanceof Error) || !('$metadata' in error)) return 0;
  return (error.$metadata as { httpStatusCode?: number }).httpStatusCode ?? 0;
}

/** How many requests were sent for it; 0 where that is not known. */
export function attemptsOf(error: unknown): number {
  if (!(error instanceof Error) || !('$metadata' in error)) return 0;
  return (error.$metadata as { attempts?: number }).attempts ?? 0;
}

/** As a UserError where the person or the world can mend it; anything else as it is. */
export function explain(place: S3Place, error: unknown): Error {
  if (error instanceof UserError) return error;
  const name = nameOf(error);
  const saying = SAYINGS[name] ?? (statusOf(error) >= 500 ? SAYINGS['ServiceUnavailable'] : undefined);
  const at = place.endpoint === null ? '' : ` at ${place.endpoint}`;
  if (saying !== undefined) return new UserError(`store-${name.toLowerCase()}`, `The store s3://${place.bucket}/${place.prefix}${at} ${saying[0]}.`.replace('/ ', ' '), saying[1]);
  return error instanceof Error ? error : new Error(String(error));
}

// Where an S3 store is: `s3://bucket/prefix`, with what differs from Amazon's own service as a query.

import { UserError } from '@headwater/protocol';

export interface S3Place {
  /** As it was named, without a slash at the end; what a worker opens it by. */
  readonly url: string;
  readonly bucket: string;
  /** Empty, or ending in a slash. */
  readonly prefix: string;
  /** Null: the SDK's own chain decides (`AWS_ENDPOINT_URL_S3`, the profile, Amazon). */
  readonly endpoint: string | null;
  readonly region: string | null;
  /** The bucket stands in the path, not in the host's name. */
  readonly pathStyle: boolean;
}

const HINT = 'For example: s3://team/flows, or s3://team/flows?endpoint=http://minio:9000 for a server of your own.';
const SETTINGS = new Set(['endpoint', 'region', 'path-style']);

export const isS3Url = (text: string) => text.startsWith('s3://');

/** Throws UserError for what is no place in S3. */
export function parseS3Url(text: string, env: NodeJS.ProcessEnv = process.env): S3Place {
  const [place = '', query = ''] = text.slice('s3://'.length).split('?');
  const [bucket = '', ...path] = place.split('/');
  // Amazon's rule for names of buckets, which its peers share.
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) throw new UserError('bad-store', `\`${text}\` names no bucket.`, HINT);
  const { endpoint, region, style } = readSettings(query);
  const key = path.filter((part) => part !== '').join('/');
  return {
    url: `s3://${[bucket, key].filter((part) => part !== '').join('/')}${query && `?${query}`}`,
    bucket,
    prefix: key && `${key}/`,
    endpoint,
    region,
    pathStyle: isPathStyle(style, endpoint ?? endpointOf(env)),
  };
}

function readSettings(query: string): { endpoint: string | null; region: string | null; style: string | null } {
  const settings = new URLSearchParams(query);
  const unknown = [...settings.keys()].find((name) => !SETTINGS.has(name));
  if (unknown !== undefined) throw new UserError('bad-store', `\`${unknown}\` is no setting of an S3 store; there are endpoint, region and path-style.`, HINT);
  const endpoint = settings.get('endpoint');
  if (endpoint !== null && !/^https?:\/\/[^/]+\/?$/.test(endpoint)) throw new UserError('bad-store', `\`${endpoint}\` is no endpoint.`, HINT);
  return { endpoint, region: settings.get('region'), style: settings.get('path-style') };
}

const endpointOf = (env: NodeJS.ProcessEnv) => env['AWS_ENDPOINT_URL_S3'] ?? env['AWS_ENDPOINT_URL'] ?? null;

/** Servers of one's own rarely have a host name for every bucket; Amazon's have. */
function isPathStyle(asked: string | null, endpoint: string | null): boolean {
  if (asked !== null) return asked !== '0' && asked !== 'false';
  return endpoint !== null && !endpoint.includes('.amazonaws.com');
}

// The client of the engine: short requests about small objects, each with a deadline, repeated while there is hope.

import { S3Client } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { ConfiguredRetryStrategy } from '@smithy/util-retry';
import type { S3Place } from './s3-url.ts';

/** Most objects of the engine have a few KiB: what takes longer than this hangs. */
const REQUEST_MS = 10_000;
/** A package of code or of an environment is larger: a slow line takes this much of it in a second. */
const SLOW_BYTES_PER_MS = 100;
const CONNECT_MS = 3_000;
/** Before the first answer a wrong address is likelier than an outage; after it, some ten seconds without the store are ridden out. */
const FIRST_ATTEMPTS = 3;
const ATTEMPTS = 10;
const DELAY_MS = 100;
const LONGEST_DELAY_MS = 2_000;

export function makeClient({ endpoint, region, pathStyle }: S3Place): S3Client {
  const seen = { answer: false };
  const client = new S3Client({
    ...(endpoint === null ? {} : { endpoint }),
    ...regionOf(region, endpoint),
    forcePathStyle: pathStyle,
    requestHandler: new NodeHttpHandler({ connectionTimeout: CONNECT_MS, requestTimeout: REQUEST_MS, socketTimeout: REQUEST_MS, throwOnRequestTimeout: true }),
    retryStrategy: new ConfiguredRetryStrategy(
      () => Promise.resolve(seen.answer ? ATTEMPTS : FIRST_ATTEMPTS),
      // Jittered, so that many runs that lost the same endpoint do not come back at once.
      (attempt) => Math.min(LONGEST_DELAY_MS, DELAY_MS * 2 ** attempt) * (0.5 + Math.random() / 2),
    ),
  });
  client.middlewareStack.add((next) => async (args) => {
    const result = await next(args);
    seen.answer = true;
    return result;
  }, { step: 'deserialize', name: 'headwaterSeen' });
  return client;
}

/** How long sending so much may take. */
export const deadlineFor = ({ length }: Uint8Array | string) => ({ requestTimeout: REQUEST_MS + length / SLOW_BYTES_PER_MS });

/** A server of one's own seldom has regions, but requests are signed for one. */
function regionOf(region: string | null, endpoint: string | null): { region?: string } {
  if (region !== null) return { region };
  const named = process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'];
  return named === undefined && endpoint !== null ? { region: 'us-east-1' } : named === undefined ? {} : { region: named };
}

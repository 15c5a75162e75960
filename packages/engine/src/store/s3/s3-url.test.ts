import { describe, expect, it } from 'vitest';
import { parseS3Url } from './s3-url.ts';

const parse = (text: string, env: NodeJS.ProcessEnv = {}) => parseS3Url(text, env);

describe('a place in S3', () => {
  it.each([
    ['s3://team', { url: 's3://team', bucket: 'team', prefix: '', endpoint: null, region: null, pathStyle: false }],
    ['s3://team//flows/a/', { url: 's3://team/flows/a', bucket: 'team', prefix: 'flows/a/', endpoint: null, region: null, pathStyle: false }],
    ['s3://team/flows?endpoint=http://minio:9000&region=eu-central-1', {
      url: 's3://team/flows?endpoint=http://minio:9000&region=eu-central-1', bucket: 'team', prefix: 'flows/', endpoint: 'http://minio:9000', region: 'eu-central-1', pathStyle: true,
    }],
    ['s3://team?endpoint=https://s3.example.com&path-style=0', {
      url: 's3://team?endpoint=https://s3.example.com&path-style=0', bucket: 'team', prefix: '', endpoint: 'https://s3.example.com', region: null, pathStyle: false,
    }],
  ])('%s', (text, place) => {
    expect(parse(text)).toEqual(place);
  });

  it('takes the style of addresses from the endpoint that the environment names', () => {
    expect(parse('s3://team', { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9000' }).pathStyle).toBe(true);
    expect(parse('s3://team', { AWS_ENDPOINT_URL: 'https://s3.eu-west-1.amazonaws.com' }).pathStyle).toBe(false);
  });

  it.each([
    ['s3://', '`s3://` names no bucket.'],
    ['s3://UPPER/x', '`s3://UPPER/x` names no bucket.'],
    ['s3://team/x?colour=red', '`colour` is no setting of an S3 store; there are endpoint, region and path-style.'],
    ['s3://team/x?endpoint=minio:9000', '`minio:9000` is no endpoint.'],
  ])('%s is refused', (text, sentence) => {
    expect(() => parse(text)).toThrow(sentence);
  });
});

// A place in a bucket as a test looks at it: past the store, with the plain client.

import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { BUCKET, CREDENTIALS, type S3Server } from './s3-server.ts';

export function makePlainClient(endpoint: string): S3Client {
  const credentials = { accessKeyId: CREDENTIALS.AWS_ACCESS_KEY_ID, secretAccessKey: CREDENTIALS.AWS_SECRET_ACCESS_KEY };
  return new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
}

export function openBucket(server: S3Server, prefix: string) {
  const client = makePlainClient(server.endpoint);
  const at = (key: string) => ({ Bucket: BUCKET, Key: `${prefix}/${key}` });
  return {
    keys: async () => {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: `${prefix}/` }));
      return Contents.map(({ Key = '' }) => Key.slice(prefix.length + 1));
    },
    get: async (key: string) => {
      const { Body } = await client.send(new GetObjectCommand(at(key)));
      return Body?.transformToByteArray();
    },
    put: async (key: string, text: string) => {
      await client.send(new PutObjectCommand({ ...at(key), Body: text }));
    },
    remove: async (key: string) => {
      await client.send(new DeleteObjectCommand(at(key)));
    },
  };
}

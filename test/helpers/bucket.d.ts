import { S3Client } from '@aws-sdk/client-s3';
import { type S3Server } from './s3-server.ts';
export declare function makePlainClient(endpoint: string): S3Client;
export declare function openBucket(server: S3Server, prefix: string): {
    keys: () => Promise<string[]>;
    put: (key: string, text: string) => Promise<void>;
    remove: (key: string) => Promise<void>;
};

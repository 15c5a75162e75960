type Server = 'versitygw' | 'minio';
export declare const CREDENTIALS: {
    AWS_ACCESS_KEY_ID: string;
    AWS_SECRET_ACCESS_KEY: string;
};
export declare const BUCKET = "team";
export interface S3Server {
    readonly endpoint: string;
    /** Of a place in the bucket. */
    url(prefix: string): string;
    end(): Promise<void>;
}
export declare function startS3(tool: Server): Promise<S3Server>;
export declare function freePort(): Promise<number>;
export {};

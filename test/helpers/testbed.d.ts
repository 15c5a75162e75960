export declare const CACHE: string;
/** Pinned: versitygw before 1.8 lets several racers win a conditional write. MinIO makes no versions for Go, so a commit stands for one. */
declare const TOOLS: {
    readonly versitygw: "github.com/versity/versitygw/cmd/versitygw@v1.8.0";
    readonly minio: "github.com/minio/minio@v0.0.0-20260212201848-7aac2a2c5b7c";
    readonly toxiproxy: "github.com/Shopify/toxiproxy/v2/cmd/server@v2.12.0";
};
export type Tool = keyof typeof TOOLS;
/** Path of the program, built if it is not there yet; two builders at once wait for each other. */
export declare function findTool(tool: Tool): string;
export {};

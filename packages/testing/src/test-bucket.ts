import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import S3rver from "s3rver";
import { verifyingProxy } from "./verifying-proxy.ts";

/** An empty bucket of a real server of S3's protocol, with the keys to it. Every signature is verified. */
export interface TestBucket extends AsyncDisposable {
  readonly access: { readonly bucket: string; readonly region: string; readonly accessKeyId: string; readonly secretAccessKey: string };
  /** The file that the server keeps an object in, for tests that damage it. */
  fileOf(key: string): string;
  /** How many requests were well signed so far. */
  verified(): number;
}

/** Starts a server with a bucket in a folder of its own; both are gone once it is disposed of. */
export async function testBucket(): Promise<TestBucket> {
  const directory = mkdtempSync(path.join(tmpdir(), "landfall-s3-"));
  const configureBuckets = [{ name: "landfall", configs: [] }];
  const server = new S3rver({ port: 0, address: "127.0.0.1", silent: true, directory, configureBuckets });
  const keys = { region: "eu-central-1", accessKeyId: "S3RVER", secretAccessKey: "S3RVER" };
  const { port } = await server.run();
  const proxy = await verifyingProxy(`http://127.0.0.1:${port}`, keys);
  return {
    access: { bucket: `${proxy.url}/landfall`, ...keys },
    fileOf: (key) => path.join(directory, "landfall", `${key}._S3rver_object`),
    verified: proxy.verified,
    async [Symbol.asyncDispose]() {
      proxy.close();
      await server.close();
      rmSync(directory, { recursive: true });
    },
  };
}

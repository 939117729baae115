import { createHash, createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import S3rver from "s3rver";

/** An empty bucket of a real S3-compatible server, with its keys. Every signature is verified. */
export interface TestBucket extends AsyncDisposable {
  readonly access: { readonly bucket: string; readonly region: string; readonly accessKeyId: string; readonly secretAccessKey: string };
  /** The file in which the server stores an object, for tests that damage it. */
  fileOf(key: string): string;
  /** The number of requests with a valid signature so far. */
  verified(): number;
}

/** Starts a server with a bucket in its own folder; both are removed when it is disposed. */
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

type VerifyingProxy = { readonly url: string; readonly verified: () => number; close(): void };

type Keys = { readonly accessKeyId: string; readonly secretAccessKey: string; readonly region: string };

/**
 * A proxy that verifies signatures of version 4 for an S3-compatible server that does not, as Amazon's documentation describes
 * them: the signature over method, path, query and headers, and the checksum of the body. Invalid requests are 403.
 */
async function verifyingProxy(target: string, keys: Keys): Promise<VerifyingProxy> {
  let verified = 0;
  const server = createServer((request, response) => {
    void (async () => {
      const body = await buffer(request);
      const problem = problemOf(request, body, keys);
      if (problem !== null) {
        response.writeHead(403).end(`<Error><Code>SignatureDoesNotMatch</Code><Message>${problem}</Message></Error>`);
        return;
      }
      verified += 1;
      const headers = Object.entries(request.headers).filter(
        ([name]) => name !== "host" && name !== "connection" && name !== "content-length",
      );
      const forwarded = await fetch(target + String(request.url), {
        method: request.method ?? "GET",
        headers: headers.map(([name, value]): [string, string] => [name, String(value)]),
        ...(body.length > 0 || request.method === "PUT" ? { body: new Uint8Array(body) } : {}),
      });
      const passes = (name: string): boolean => !HOP.has(name) || (name === "content-length" && request.method === "HEAD");
      response.writeHead(forwarded.status, Object.fromEntries([...forwarded.headers].filter(([name]) => passes(name))));
      response.end(new Uint8Array(await forwarded.arrayBuffer()));
    })().catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, verified: () => verified, close: () => void server.close() };
}

const HOP: ReadonlySet<string> = new Set(["connection", "keep-alive", "transfer-encoding", "content-length"]);

const sha256 = (text: string | Uint8Array): string => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

function problemOf(request: IncomingMessage, body: Buffer, keys: Keys): string | null {
  const { headers } = request;
  const [, credential = "", signed = "", signature = ""] =
    /^AWS4-HMAC-SHA256 Credential=(\S+), SignedHeaders=(\S+), Signature=([0-9a-f]{64})$/.exec(headers.authorization ?? "") ?? [];
  const date = String(headers["x-amz-date"]);
  const scope = `${date.slice(0, 8)}/${keys.region}/s3/aws4_request`;
  if (credential !== `${keys.accessKeyId}/${scope}`) return `the credential ${credential}`;
  const sum = String(headers["x-amz-content-sha256"]);
  if (sum !== sha256(body) && sum !== "UNSIGNED-PAYLOAD") return "the checksum of the body";
  for (const name of ["host", "x-amz-date", "x-amz-content-sha256"]) if (!signed.split(";").includes(name)) return `${name} is not signed`;
  const url = new URL(String(request.url), "http://host");
  const query = [...url.searchParams]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .toSorted()
    .join("&");
  const lines = signed.split(";").map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const canonical = [request.method, url.pathname, query, lines.join(""), signed, sum].join("\n");
  const text = ["AWS4-HMAC-SHA256", date, scope, sha256(canonical)].join("\n");
  const key = hmac(hmac(hmac(hmac(`AWS4${keys.secretAccessKey}`, date.slice(0, 8)), keys.region), "s3"), "aws4_request");
  return hmac(key, text).toString("hex") === signature ? null : "the signature";
}

const encoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

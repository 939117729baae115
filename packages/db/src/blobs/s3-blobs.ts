import { open, rm } from "node:fs/promises";
import { AwsClient } from "aws4fetch";
import { assertBlobName, BlobError, type BlobStore, LABEL, nullIfMissing, sha256OfName, type StoredBlob } from "./blob-store.ts";
import { collectGarbageAfter, type Keep, stageCopy, stageFile, sweepStagedFiles } from "./stage-file.ts";

export type S3BlobsOptions = {
  /** The URL of the bucket: `https://s3.example.com/landfall` or `https://landfall.s3.example.com`. */
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Local folder for staged bytes. */
  readonly stagingFolder: string;
  /** Larger blobs are sent in parts of this many bytes; S3 requires at least 5 MiB, and at most 10,000 parts. */
  readonly partSize?: number;
};

/** Blobs as objects in a bucket of S3 or a compatible storage, which guarantees that an object appears only when it is complete. */
export function s3Blobs({ bucket, stagingFolder, partSize = 16 * 1024 * 1024, ...credentials }: S3BlobsOptions): BlobStore {
  const client = new AwsClient({ ...credentials, service: "s3", retries: 3 });
  const base = bucket.replace(/\/+$/, "");

  async function send(target: string, init: RequestInit & { readonly headers?: Record<string, string> } = {}): Promise<Response> {
    const response = await client.fetch(`${base}/${target}`, init).catch((cause: unknown) => {
      throw new BlobError("unreachable", `The object storage at ${base} does not respond.`, { cause });
    });
    if (response.ok) return response;
    const text = await response.text();
    if (response.status === 404 && !text.includes("NoSuchBucket")) throw new BlobError("missing", `There is no object ${target}.`);
    const [, code = ""] = /<Code>([^<]*)</.exec(text) ?? [];
    throw new BlobError(
      "unreachable",
      `The object storage at ${base} responded with ${response.status} ${code} to ${init.method ?? "GET"}.`,
    );
  }
  const xml = async (...sent: Parameters<typeof send>) => (await send(...sent)).text();

  const keep: Keep = async ({ file, name, size, sha256 }) => {
    const handle = await open(file);
    try {
      const part = async (start: number) => {
        const bytes = new Uint8Array(Math.min(partSize, size - start));
        await handle.read(bytes, 0, bytes.length, start);
        return bytes;
      };
      if (size <= partSize) {
        // The storage verifies the bytes; passing the known sum avoids computing it again.
        await send(name, { method: "PUT", body: await part(0), headers: { "X-Amz-Content-Sha256": sha256 } });
      } else {
        await sendParts(name, Math.ceil(size / partSize), (number) => part(number * partSize));
      }
    } finally {
      await handle.close();
    }
    await rm(file, { force: true });
  };

  async function sendParts(name: string, count: number, part: (number: number) => Promise<Uint8Array<ArrayBuffer>>): Promise<void> {
    const id = encodeURIComponent(elementText(await xml(`${name}?uploads=`, { method: "POST" }), "UploadId"));
    try {
      const tags: string[] = [];
      for (let number = 0; number < count; number += 1) {
        const response = await send(`${name}?partNumber=${number + 1}&uploadId=${id}`, { method: "PUT", body: await part(number) });
        tags.push(response.headers.get("etag") ?? "");
        collectGarbageAfter(partSize);
      }
      const listed = tags.map((tag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${escaped(tag)}</ETag></Part>`).join("");
      const body = await xml(`${name}?uploadId=${id}`, {
        method: "POST",
        body: `<CompleteMultipartUpload>${listed}</CompleteMultipartUpload>`,
      });
      // S3 may report a failure in the body of a 200 response; there is no code for it.
      if (body.includes("<Error>")) throw new BlobError("unreachable", `The object storage could not assemble ${name}.`);
    } catch (error) {
      await send(`${name}?uploadId=${id}`, { method: "DELETE" }).catch(() => undefined);
      throw error;
    }
  }

  return {
    stage: (bytes, { limit } = {}) => stageFile(bytes, { folder: stagingFolder }, { limit, keep }),
    stageCopy: (file) => stageCopy(file, { folder: stagingFolder }, keep),
    async sizeOf(name) {
      assertBlobName(name);
      const response = await send(name, { method: "HEAD" }).catch(nullIfMissing);
      if (response === null) return null;
      const size = response.headers.get("content-length");
      if (size === null) throw new BlobError("unreachable", `The object storage at ${base} did not return the size of ${name}.`);
      return Number(size);
    },
    fileOf: () => null,
    async *read(name, { start = 0, end } = {}) {
      assertBlobName(name);
      if (end !== undefined && end <= start) return;
      const ranged = start > 0 || end !== undefined;
      const response = await send(name, ranged ? { headers: { Range: `bytes=${start}-${end === undefined ? "" : end - 1}` } } : {});
      // A server may return more than was requested.
      if (!response.body) return;
      try {
        yield* sliceStream(response.body, response.status === 206 ? 0 : start, end === undefined ? end : end - start);
      } catch (cause) {
        throw new BlobError("unreachable", `The object storage at ${base} closed the connection in the middle of ${name}.`, { cause });
      }
    },
    async remove(name) {
      assertBlobName(name);
      await send(name, { method: "DELETE" }).catch(nullIfMissing);
    },
    async *list() {
      let next: string | null = "";
      while (next !== null) {
        const after: string = next === "" ? "" : `&continuation-token=${encodeURIComponent(next)}`;
        const body: string = await xml(`?list-type=2${after}`);
        yield* objectsIn(body);
        next = body.includes("<IsTruncated>true<") ? unescaped(elementText(body, "NextContinuationToken")) : null;
      }
    },
    sweepStaged: (before) => sweepStagedFiles(stagingFolder, before),
    readLabel: async () => (await send(LABEL).catch(nullIfMissing))?.text() ?? null,
    writeLabel: async (text) => void (await send(LABEL, { method: "PUT", body: text })),
  };
}

/** The bytes of the parts from `skipped` on, at most `length`. */
async function* sliceStream(
  parts: AsyncIterable<Uint8Array>,
  skipped: number,
  length = Number.POSITIVE_INFINITY,
): AsyncIterable<Uint8Array> {
  let position = -skipped;
  for await (const part of parts) {
    const wanted = part.subarray(Math.max(0, -position), Math.max(0, length - position));
    position += part.length;
    if (wanted.length > 0) yield wanted;
    if (position >= length) return;
  }
}

function* objectsIn(body: string): Iterable<StoredBlob> {
  for (const [, object = ""] of body.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
    const name = unescaped(elementText(object, "Key"));
    if (sha256OfName(name) !== null)
      yield { name, size: Number(elementText(object, "Size")), date: new Date(elementText(object, "LastModified")) };
  }
}

/** The text of an element in a response of S3, whose elements are flat and have plain values. */
function elementText(text: string, tag: string): string {
  const [, value] = new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(text) ?? [];
  if (value === undefined) throw new BlobError("unreachable", `The object storage's response has no ${tag}.`);
  return value;
}

const ENTITIES: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&" };

const unescaped = (text: string): string => text.replaceAll(/&(?:lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity] ?? entity);

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

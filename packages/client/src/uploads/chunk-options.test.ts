import { expect, test } from "vitest";
import { readChunkOptions } from "./chunk-options.ts";

const OPTIONS = {
  url: "https://lf.test/api/0/organizations/acme/chunk-upload/",
  chunkSize: 8,
  chunksPerRequest: 64,
  maxRequestSize: 32,
  maxFileSize: 2048,
  concurrency: 8,
  hashAlgorithm: "sha1",
  compression: ["gzip"],
};

test("takes what a server tells, and leaves out its address", () => {
  const { url: _url, hashAlgorithm: _hash, ...rest } = OPTIONS;
  expect(readChunkOptions(OPTIONS)).toEqual(rest);
  expect(readChunkOptions({ ...OPTIONS, compression: null }).compression).toEqual([]);
});

test.each([
  [{ ...OPTIONS, chunkSize: 0 }, "chunkSize is 0"],
  [{ ...OPTIONS, chunksPerRequest: "64" }, null],
  [{ ...OPTIONS, concurrency: -1 }, "concurrency is -1"],
  [{ ...OPTIONS, hashAlgorithm: "md5" }, "hashAlgorithm is md5"],
  [null, "chunkSize is undefined"],
  ["text", "chunkSize is undefined"],
])("refuses what cannot be followed (%#)", (answer, words) => {
  expect(() => readChunkOptions(answer)).toThrow(words ?? "chunksPerRequest is 64");
});

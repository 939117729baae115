import { gzipSync } from "node:zlib";
import { expect } from "vitest";
import { DENIED, NOT_FOUND } from "./error-bodies.ts";
import type { Scenario, Sharing } from "./run-scenarios.ts";
import { as, at, call, get, type Step } from "./steps.ts";
import { nothingStaged } from "./upload-steps.ts";
import { chunkForm, formOf, gzipForm, sha1 } from "./upload-form.ts";

const PATH = "O/chunk-upload/";
const MIB = 1024 * 1024;
const send = (raw: FormData) => call("POST", PATH, { raw });

/** The SHA-1 of every chunk of the organization, and the number of blobs that store them. */
const chunksAre =
  (...contents: readonly (string | Uint8Array<ArrayBuffer>)[]): Step =>
  async ({ store, organization }) => {
    const { chunks, blobs } = store.read.tables;
    const rows = (await store.read.select().from(chunks)).filter((row) => row.organizationId === organization.id);
    expect(rows.map((row) => row.sha1).toSorted()).toEqual(contents.map(sha1).toSorted());
    const kept = new Map((await store.read.select().from(blobs)).map((blob) => [blob.id, blob]));
    for (const row of rows) expect(kept.get(row.blobId)).toMatchObject({ sha1: row.sha1, size: row.size });
  };

const noise = (size: number, seed = 1): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(size);
  for (let index = 0, state = seed; index < size; index += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[index] = state >>> 16;
  }
  return bytes;
};

/** The upload options of clients (contract 9.1). */
export const options: Sharing = {
  sharing: [
    {
      name: "9.1 the options list the supported features, and nothing else",
      steps: [
        async (on) =>
          get(PATH)
            .returns(200)
            .exactly({
              url: `http://landfall.test/api/0/organizations/${on.organization.slug}/chunk-upload/`,
              chunkSize: 8_388_608,
              chunksPerRequest: 64,
              maxFileSize: 2_147_483_648,
              maxRequestSize: 33_554_432,
              concurrency: 8,
              hashAlgorithm: "sha1",
              compression: ["gzip"],
              accept: ["release_files", "artifact_bundles", "artifact_bundles_v2"],
            })(on),
      ],
    },
    ...(
      [
        ["sentry-cli/1.70.0", false],
        ["sentry-cli/1.70.1", true],
        ["sentry-cli/1.77.2", true],
        ["sentry-cli/2.0.0", true],
        ["sentry-cli/2.29.9 esbuild-plugin/1.0", true],
        ["sentry-cli/2.30.0", false],
        ["sentry-cli/3.8.0", false],
        ["sentry-cli/2.x", false],
        ["curl/8", false],
      ] as const
    ).map(([agent, isRelative]) => ({
      name: `9.1 the URL for ${agent} is ${isRelative ? "relative" : "absolute"}`,
      steps: [
        async (on) =>
          get(PATH, { headers: { "User-Agent": agent } }).returns(200, {
            url: `${isRelative ? "" : "http://landfall.test/api/0/"}organizations/${on.organization.slug}/chunk-upload/`,
          })(on),
      ] satisfies Step[],
    })),
    {
      name: "9.1 the options require any scope that reads releases",
      steps: [
        as("ci").get(PATH).returns(200),
        as("reader").get(PATH).returns(200),
        as("outOfScope").get(PATH).returns(403, DENIED),
        as("foreignCi").get(PATH).returns(403, DENIED),
        as("anonymous").get(PATH).returns(401),
      ],
    },
  ],
};

/** Chunks, case by case (contract 9.2; 17, E18). */
export const chunkScenarios: readonly Scenario[] = [
  {
    name: "E18 two chunks are stored unchanged",
    steps: [send(chunkForm("one", "two")).returns(200).exactly(undefined), chunksAre("one", "two"), nothingStaged],
  },
  { name: "E18 a form without chunks is accepted", steps: [send(formOf(["note", "text"])).returns(200), chunksAre()] },
  {
    name: "E18 a request without a body or with another kind of body uploads nothing and succeeds",
    steps: [
      call("POST", PATH).returns(200),
      call("POST", PATH, { raw: "{}", headers: { "Content-Type": "application/json" } }).returns(200),
    ],
  },
  {
    name: "E18 other content types are 415",
    steps: [
      call("POST", PATH, { raw: "x", headers: { "Content-Type": "text/plain" } }).returns(415, {
        detail: 'Unsupported media type "text/plain" in request.',
      }),
    ],
  },
  {
    name: "9.2 gzipped chunks are decompressed",
    steps: [send(gzipForm("packed", "")).returns(200), chunksAre("packed", ""), nothingStaged],
  },
  {
    name: "9.2 other form fields are ignored",
    steps: [send(formOf(["file_brotli", "x", "x"], ["file", "kept", sha1("kept")], ["other", "y", "y"])).returns(200), chunksAre("kept")],
  },
  {
    name: "9.2 a repeated chunk is stored once, within one request and across requests",
    steps: [
      send(chunkForm("same", "same")).returns(200),
      send(gzipForm("same")).returns(200),
      async (on) => {
        await Promise.all(Array.from({ length: 8 }, () => send(chunkForm("same", "more")).returns(200)(on)));
      },
      chunksAre("same", "more"),
      async ({ wire, store }) => {
        const { blobs } = store.read.tables;
        const names = (await store.read.select({ name: blobs.name }).from(blobs)).map((blob) => blob.name);
        const kept = (await Array.fromAsync(wire.app.blobs.list())).map((blob) => blob.name);
        expect(kept.toSorted()).toEqual(names.toSorted());
      },
    ],
  },
  {
    name: "9.2 uploading a chunk again restarts its lifetime",
    steps: [
      send(chunkForm("again")).returns(200),
      at("2026-02-01"),
      send(chunkForm("again")).returns(200),
      async ({ store }) => {
        const { chunks } = store.read.tables;
        const rows = await store.read.select().from(chunks);
        expect(rows.filter((row) => row.sha1 === sha1("again")).map((row) => row.dateLastUsed)).toEqual([new Date("2026-02-01")]);
      },
    ],
  },
  {
    name: "9.2 checksums are case-insensitive",
    steps: [send(formOf(["file", "A", sha1("A").toUpperCase()])).returns(200), chunksAre("A")],
  },
  {
    name: "E18 65 chunks are too many",
    steps: [
      send(chunkForm(...Array.from({ length: 65 }, (_, index) => `chunk ${index}`))).returns(400, { error: "Too many chunks" }),
      chunksAre(),
      nothingStaged,
      send(chunkForm(...Array.from({ length: 64 }, (_, index) => `chunk ${index}`))).returns(200),
    ],
  },
  {
    name: "E18 a chunk of 8 MiB is accepted, and one of a byte more is not, gzipped or not",
    steps: [
      send(chunkForm(new Uint8Array(8 * MIB))).returns(200),
      send(chunkForm("first", new Uint8Array(8 * MIB + 1))).returns(400, { error: "Chunk size too large" }),
      send(gzipForm(new Uint8Array(8 * MIB + 1))).returns(400, { error: "Chunk size too large" }),
      chunksAre(new Uint8Array(8 * MIB)),
      nothingStaged,
    ],
  },
  {
    name: "E18 more than 32 MiB in a request are too much, measured decompressed",
    steps: [
      send(gzipForm(...Array.from({ length: 5 }, (_, index) => new Uint8Array(7 * MIB).fill(index)))).returns(400, {
        error: "Request too large",
      }),
      send(chunkForm(...Array.from({ length: 5 }, (_, index) => new Uint8Array(7 * MIB).fill(index)))).returns(400, {
        error: "Request too large",
      }),
      chunksAre(),
      nothingStaged,
    ],
  },
  {
    name: "9.2 32 MiB that do not compress are accepted although gzip made them larger",
    steps: [send(gzipForm(...[1, 2, 3, 4].map((seed) => noise(8 * MIB, seed)))).returns(200), nothingStaged],
  },
  {
    name: "E18 a chunk that does not match its checksum is rejected, and nothing of the request is stored",
    steps: [
      send(formOf(["file", "right", sha1("right")], ["file", "wrong", sha1("right")])).returns(400, {
        error: `Checksum mismatch: the chunk "${sha1("right")}" has the sha1 ${sha1("wrong")}.`,
      }),
      send(formOf(["file", "x", "not a checksum"])).returns(400, { error: expect.stringMatching(/^Checksum mismatch/) }),
      chunksAre(),
      nothingStaged,
    ],
  },
  {
    name: "9.2 invalid or truncated gzip data is rejected",
    steps: [
      send(formOf(["file_gzip", "plain", sha1("plain")])).returns(400, { error: `The chunk "${sha1("plain")}" is not valid gzip data.` }),
      send(formOf(["file_gzip", new Uint8Array(gzipSync("half").subarray(0, -9)), sha1("half")])).returns(400, {
        error: `The chunk "${sha1("half")}" is not valid gzip data.`,
      }),
      chunksAre(),
      nothingStaged,
    ],
  },
  {
    name: "1.17 callers who may not upload are rejected before the body is read",
    steps: [
      as("reader")
        .call("POST", PATH, { raw: chunkForm("x") })
        .returns(403, DENIED),
      as("stranger")
        .call("POST", PATH, { raw: chunkForm("x") })
        .returns(403, DENIED),
      as("anonymous")
        .call("POST", PATH, { raw: chunkForm("x") })
        .returns(401),
      call("POST", "/organizations/nowhere/chunk-upload/", { raw: chunkForm("x") }).returns(404, NOT_FOUND),
      as("ci")
        .call("POST", PATH, { raw: chunkForm("ci") })
        .returns(200),
      chunksAre("ci"),
    ],
  },
  {
    name: "1.6 a truncated form stores nothing",
    steps: [
      call("POST", PATH, {
        raw: `--x\r\nContent-Disposition: form-data; name="file"; filename="${sha1("whole")}"\r\n\r\nwhole\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nha`,
        headers: { "Content-Type": "multipart/form-data; boundary=x" },
      }).returns(400, { detail: expect.stringMatching(/^Form parse error - /) }),
      chunksAre(),
      nothingStaged,
    ],
  },
];

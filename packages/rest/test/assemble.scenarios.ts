import { makeBundle, zipOf } from "@landfall/testing/artifacts/make-bundle";
import { expect } from "vitest";
import { release } from "./setup-steps.ts";
import { DENIED, NOT_FOUND } from "./error-bodies.ts";
import type { Scenario, Sharing } from "./run-scenarios.ts";
import { as, at, id, idText, post, type Step } from "./steps.ts";
import { chunkForm, sha1 } from "./upload-form.ts";
import { archived, assembled, bundled, chunksOf, nothingStaged, request, uploaded } from "./upload-steps.ts";

const BUNDLE = "O/artifactbundle/assemble/";
const RELEASE = "O/releases/1/assemble/";
const NO_CHUNKS = { checksum: "a".repeat(40), chunks: [] };
const OK = { state: "ok", detail: null, missingChunks: [] };
const CREATED = { state: "created", missingChunks: [] };

const SCRIPT = "7d2f5e1c-08d4-4b3e-9f3a-0123456789ab";

const PARTS = {
  org: "acme",
  release: "1",
  dist: "d1",
  debug_id: "11111111-2222-3333-4444-555555555555",
  files: {
    "files/_/_/app.js": {
      url: "~/app.js",
      type: "minified_source",
      headers: { "debug-id": SCRIPT, sourcemap: "app.js.map" },
      content: "let a;",
    },
    "files/_/_/app.js.map": { url: "~/app.js.map", type: "source_map", headers: { "Debug-Id": SCRIPT.toUpperCase() }, content: "{}" },
    "files/_/_/a.js": { url: "~/a.js", type: "source", content: "" },
  },
};

const bundle = makeBundle(PARTS);

/** Rejected bodies, with the messages of a JSON Schema validator (contract 9.3, 9.4; 17, E19). */
const refused = (name: string, path: string, body: unknown, error: unknown): Scenario => ({
  name,
  steps: [post(path, body).returns(400, { error })],
});

export const bodies: Sharing = {
  before: [release("1")],
  sharing: [
    refused("E19 a body needs a checksum", RELEASE, { lol: "x" }, "'checksum' is a required property"),
    refused("E19 a body needs chunks", RELEASE, { checksum: "a".repeat(40) }, "'chunks' is a required property"),
    refused("E19 a checksum is a sha1", RELEASE, { checksum: "x", chunks: [] }, "'x' does not match '^[0-9a-f]{40}$'"),
    refused(
      "9.3 a checksum is in lower case",
      RELEASE,
      { checksum: "A".repeat(40), chunks: [] },
      `'${"A".repeat(40)}' does not match '^[0-9a-f]{40}$'`,
    ),
    refused("9.3 a checksum is text", RELEASE, { checksum: 5, chunks: [] }, "5 is not of type 'string'"),
    refused("9.3 chunks are a list", RELEASE, { ...NO_CHUNKS, chunks: "x" }, "'x' is not of type 'array'"),
    refused("9.3 each chunk is a sha1", RELEASE, { ...NO_CHUNKS, chunks: ["it's"] }, `"it's" does not match '^[0-9a-f]{40}$'`),
    refused("9.3 nothing else is known", RELEASE, { ...NO_CHUNKS, x: 1 }, "Additional properties are not allowed ('x' was unexpected)"),
    refused(
      "9.3 nothing else is known, many",
      RELEASE,
      { ...NO_CHUNKS, x: 1, projects: [] },
      "Additional properties are not allowed ('x', 'projects' were unexpected)",
    ),
    refused("9.3 a body is an object", RELEASE, [], "[] is not of type 'object'"),
    refused("9.3 null is not an object", RELEASE, null, "None is not of type 'object'"),
    {
      name: "9.3 a body that is not JSON is rejected as such",
      steps: ["{", ""].map((raw) =>
        as("member")
          .call("POST", RELEASE, { raw, headers: { "Content-Type": "application/json" } })
          .returns(400, { error: "Invalid json body" }),
      ),
    },
    refused("9.4 a bundle needs projects", BUNDLE, NO_CHUNKS, "'projects' is a required property"),
    refused("9.4 a bundle needs at least one project", BUNDLE, { ...NO_CHUNKS, projects: [] }, "You need to specify at least one project"),
    refused("9.4 projects are text", BUNDLE, { ...NO_CHUNKS, projects: [1] }, "1 is not of type 'string'"),
    refused("9.4 projects exist", BUNDLE, { ...NO_CHUNKS, projects: ["foo", "nope"] }, "One or more projects are invalid"),
    refused("9.4 a version has no slash", BUNDLE, { ...NO_CHUNKS, projects: ["foo"], version: "a/b" }, "'a/b' does not match '^[^/]+$'"),
    refused(
      "9.4 a version is not endless",
      BUNDLE,
      { ...NO_CHUNKS, projects: ["foo"], version: "1".repeat(251) },
      "'version' has more than 250 characters",
    ),
    refused(
      "9.4 a dist needs a version",
      BUNDLE,
      { ...NO_CHUNKS, projects: ["foo"], dist: "d" },
      "You need to specify a release together with a dist",
    ),
    refused(
      "9.4 a dist is not endless",
      BUNDLE,
      { ...NO_CHUNKS, projects: ["foo"], version: "1", dist: "d".repeat(65) },
      "'dist' has more than 64 characters",
    ),
    refused(
      "9.4 characters that cannot be kept are rejected",
      BUNDLE,
      { ...NO_CHUNKS, projects: ["foo"], version: "a\0" },
      String.raw`'a\x00' has characters that cannot be stored`,
    ),
    {
      name: "E19 a request without chunks only returns the state",
      steps: [post(RELEASE, NO_CHUNKS).returns(200).exactly({ state: "not_found", missingChunks: [] })],
    },
    {
      name: "9.4 a request without chunks only returns the state of a bundle too",
      steps: [
        post(BUNDLE, { ...NO_CHUNKS, projects: ["foo"], version: "1", dist: "d" })
          .returns(200)
          .exactly({ state: "not_found", missingChunks: [] }),
      ],
    },
    { name: "9.3 the release must exist", steps: [post("O/releases/nope/assemble/", NO_CHUNKS).returns(404, NOT_FOUND)] },
    {
      name: "9.4 projects must be within reach, by slug or by id",
      steps: [
        post(BUNDLE, { ...NO_CHUNKS, projects: ["foo", "baz"] }).returns(404, NOT_FOUND),
        post(BUNDLE, { ...NO_CHUNKS, projects: [idText("foo")] }).returns(200),
        as("ci")
          .post(BUNDLE, { ...NO_CHUNKS, projects: ["foo", "baz"] })
          .returns(200),
        as("reader")
          .post(BUNDLE, { ...NO_CHUNKS, projects: ["foo"] })
          .returns(403, DENIED),
        as("anonymous")
          .post(BUNDLE, { ...NO_CHUNKS, projects: ["foo"] })
          .returns(401),
        as("stranger")
          .post(BUNDLE, { ...NO_CHUNKS, projects: ["foo"] })
          .returns(403, DENIED),
      ],
    },
  ],
};

/** Expected columns of the organization's stored bundles. */
const bundlesAre =
  (...expected: readonly Readonly<Record<string, unknown>>[]): Step =>
  async ({ store, organization }) => {
    const { artifactBundles } = store.read.tables;
    const rows = (await store.read.select().from(artifactBundles)).filter((row) => row.organizationId === organization.id);
    expect(rows).toMatchObject(expected);
  };

/** Assembly, state by state (contract 9.3, 9.4; clients 8.3). */
export const assembleScenarios: readonly Scenario[] = [
  {
    name: "9.4 missing chunks are listed once each, in order; with all chunks the bundle is created",
    steps: [
      post(BUNDLE, { ...request(bundle, 300), projects: ["foo"] })
        .returns(200)
        .exactly({ state: "not_found", missingChunks: request(bundle, 300).chunks }),
      uploaded(bundle.slice(0, 300), { size: 300 }),
      post(BUNDLE, { ...request(bundle, 300), projects: ["foo"] })
        .returns(200)
        .exactly({ state: "not_found", missingChunks: request(bundle, 300).chunks.slice(1) }),
      uploaded(bundle, { size: 300 }),
      post(BUNDLE, { ...request(bundle, 300), projects: ["foo"] })
        .returns(200)
        .exactly(CREATED),
      post(BUNDLE, { ...request(bundle, 300), projects: ["foo"] })
        .returns(200)
        .exactly({ ...CREATED, detail: null }),
      bundlesAre(),
      assembled,
      post(BUNDLE, { ...request(bundle, 300), projects: ["foo"] })
        .returns(200)
        .exactly(OK),
      post(BUNDLE, { ...request(bundle, 300), chunks: [], projects: ["foo"] })
        .returns(200)
        .exactly(OK),
      bundlesAre({ bundleId: PARTS.debug_id, checksum: sha1(bundle), fileCount: 3, dateModified: null }),
    ],
  },
  {
    name: "9.4 a bundle's files are stored in the order of their URLs, and each is found again",
    steps: [
      bundled(PARTS, { version: "1", dist: "d1" }),
      async ({ store, wire }) => {
        const { artifactFiles, blobs, artifactBundles } = store.read.tables;
        const rows = await store.read.select().from(artifactFiles);
        const files = rows.filter((row) => row.bundleId === rows.at(-1)?.bundleId);
        expect(files.map(({ url, type, debugId, size, headers }) => ({ url, type, debugId, size, headers }))).toEqual([
          { url: "~/a.js", type: 1, debugId: null, size: 0, headers: {} },
          { url: "~/app.js", type: 2, debugId: SCRIPT, size: 6, headers: { "debug-id": SCRIPT, sourcemap: "app.js.map" } },
          { url: "~/app.js.map", type: 3, debugId: SCRIPT, size: 2, headers: { "debug-id": SCRIPT.toUpperCase() } },
        ]);
        const [blob] = (await store.read.select().from(blobs)).filter((row) => row.sha1 === sha1(bundle));
        expect((await Array.fromAsync(wire.app.blobs.read(blob?.name ?? ""))).reduce((sum, part) => sum + part.length, 0)).toBe(
          bundle.length,
        );
        expect((await store.read.select().from(artifactBundles)).filter((row) => row.blobId === blob?.id)).not.toEqual([]);
      },
    ],
  },
  {
    name: "9.4 the same bundle for another project, version or dist is one bundle with one more association",
    steps: [
      bundled(PARTS, { version: "1" }),
      at("2026-01-03"),
      bundled(PARTS, { version: "1", projects: ["bar", "foo"] }),
      bundled(PARTS, { version: "2" }),
      bundled(PARTS, { version: "2", dist: "d2" }),
      bundled(PARTS),
      bundlesAre({ checksum: sha1(bundle), dateCreated: new Date("2026-01-02T03:04:05.678Z"), dateModified: new Date("2026-01-03") }),
      async ({ store, projectId }) => {
        const { artifactBundleProjects, artifactBundleReleases, artifactReleases, artifactUrls } = store.read.tables;
        const [last] = (await store.read.select().from(artifactBundleProjects)).filter((row) => row.projectId === projectId("bar"));
        const projects = (await store.read.select().from(artifactBundleProjects)).filter((row) => row.bundleId === last?.bundleId);
        expect(new Set(projects.map((row) => row.projectId))).toEqual(new Set([projectId("foo"), projectId("bar")]));
        const names = new Map((await store.read.select().from(artifactReleases)).map((row) => [row.id, `${row.version} ${row.dist}`]));
        const links = (await store.read.select().from(artifactBundleReleases)).filter((row) => row.bundleId === last?.bundleId);
        expect(new Set(links.map((row) => names.get(row.artifactReleaseId)))).toEqual(new Set(["1 ", "2 ", "2 d2"]));
        const urls = (await store.read.select().from(artifactUrls)).filter((row) => row.bundleId === last?.bundleId);
        expect(urls).toHaveLength(9);
      },
    ],
  },
  {
    name: "9.4 the order of projects and the use of slugs or ids do not change which assembly is meant",
    steps: [
      bundled(PARTS, { projects: ["foo", "bar"] }),
      async (on) =>
        as("ci")
          .post(BUNDLE, { ...request(bundle), projects: ["bar", String(id("foo")(on))] })
          .returns(200)
          .exactly(OK)(on),
    ],
  },
  {
    name: "9.4 a bundle without an id gets one from its content",
    steps: [
      bundled({ files: {} }),
      bundlesAre({
        bundleId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
        fileCount: 0,
      }),
    ],
  },
  {
    name: "9.4 chunks of another organization are missing",
    steps: [
      as("foreignCi").get("O/chunk-upload/").returns(403),
      async ({ wire, token, organization }) => {
        const foreign = await wire.call("POST", `/organizations/${organization.slug}-foreignci/chunk-upload/`, {
          token: await token("foreignCi"),
          raw: chunkForm(...chunksOf(bundle)),
        });
        expect(foreign.status).toBe(200);
      },
      post(BUNDLE, { ...request(bundle), projects: ["foo"] }).returns(200, { state: "not_found", missingChunks: request(bundle).chunks }),
    ],
  },
  {
    name: "9.3 an archive of a release is assembled from its chunks",
    steps: [release("1"), archived("1", PARTS), bundlesAre()],
  },
  {
    name: "9.3 missing chunks of a release's archive are an error",
    steps: [
      release("1"),
      post(RELEASE, { checksum: sha1(bundle), chunks: ["a".repeat(40), "b".repeat(40), "a".repeat(40)] })
        .returns(200)
        .exactly(CREATED),
      assembled,
      post(RELEASE, { checksum: sha1(bundle), chunks: [] })
        .returns(200)
        .exactly({
          state: "error",
          detail: "2 of the archive's chunks are missing. Upload all of them, then try again.",
          missingChunks: [],
        }),
    ],
  },
  {
    name: "9.3 a failure is returned for a minute, then the same request starts over",
    steps: [
      release("1"),
      post(RELEASE, request(bundle)).returns(200).exactly(CREATED),
      assembled,
      post(RELEASE, request(bundle)).returns(200, { state: "error" }),
      at("2026-01-02T03:05:05Z"),
      uploaded(bundle),
      post(RELEASE, request(bundle)).returns(200, { state: "error" }),
      at("2026-01-02T03:05:06Z"),
      post(RELEASE, request(bundle)).returns(200).exactly(CREATED),
      assembled,
      post(RELEASE, request(bundle)).returns(200).exactly(OK),
    ],
  },
  {
    name: "9.3 chunks with another checksum are rejected with both checksums",
    steps: [
      uploaded(bundle),
      post(BUNDLE, { ...request(bundle), checksum: "c".repeat(40), projects: ["foo"] })
        .returns(200)
        .exactly(CREATED),
      assembled,
      post(BUNDLE, { ...request(bundle), checksum: "c".repeat(40), projects: ["foo"] }).returns(200, {
        state: "error",
        detail: `The assembled archive has the sha1 ${sha1(bundle)} instead of ${"c".repeat(40)}. Upload the archive again.`,
      }),
      bundlesAre(),
    ],
  },
  ...(
    [
      ["no archive at all", new TextEncoder().encode("hello"), /neither an artifact bundle nor a ZIP/],
      ["a ZIP without a manifest", zipOf([["a.js", "let a;"]]), /no manifest\.json/],
      ["a manifest that is no JSON", zipOf([["manifest.json", "{"]], true), /not JSON/],
      [
        "a manifest that names what is not there",
        zipOf([["manifest.json", '{"files":{"a.js":{"url":"~/a.js"}}}']]),
        /"a\.js", which is not in the bundle/,
      ],
      ["a path that leads out", zipOf([["../../etc/passwd", "x"]]), /points outside of the bundle/],
      ["half an archive", bundle.slice(0, bundle.length - 30), /cut off/],
    ] as const
  ).map(([name, bytes, detail]): Scenario => ({
    name: `9.3 ${name} is an error with a sentence, and nothing is stored`,
    steps: [
      uploaded(bytes),
      post(BUNDLE, { ...request(bytes), projects: ["foo"] })
        .returns(200)
        .exactly(CREATED),
      assembled,
      post(BUNDLE, { ...request(bytes), projects: ["foo"] })
        .returns(200)
        .exactly({ state: "error", detail: expect.stringMatching(detail), missingChunks: [] }),
      bundlesAre(),
      nothingStaged,
    ],
  })),
  {
    name: "9.3 an archive made for another release is rejected",
    steps: [
      release("2"),
      uploaded(bundle),
      post("O/releases/2/assemble/", request(bundle)).returns(200).exactly(CREATED),
      assembled,
      post("O/releases/2/assemble/", request(bundle)).returns(200, {
        state: "error",
        detail: 'The archive was made for the release "1", not for "2".',
      }),
    ],
  },
  {
    name: "9.3 an archive whose release was deleted meanwhile stores nothing",
    steps: [
      release("1"),
      uploaded(bundle),
      post(RELEASE, request(bundle)).returns(200).exactly(CREATED),
      as("manager").del("O/releases/1/").returns(204),
      assembled,
      post(RELEASE, request(bundle)).returns(404, NOT_FOUND),
    ],
  },
];

import { expect } from "vitest";
import { release } from "./setup-steps.ts";
import { DENIED, NOT_FOUND } from "./error-bodies.ts";
import type { Scenario, Sharing } from "./run-scenarios.ts";
import { as, del, get, type Step } from "./steps.ts";
import { APP, first, ONE, second, THREE, three, TWO, VENDOR } from "./three-bundles.ts";
import { formOf } from "./upload-form.ts";
import { archived, bundled } from "./upload-steps.ts";

const LIST = "P/foo/files/artifact-bundles/";
const LOOKUP = "P/foo/artifact-lookup/";
const SOURCE_MAPS = "P/foo/files/source-maps/";

/** Lists a project's bundles (contract 9.5). */
export const lists: Sharing = {
  before: three,
  sharing: [
    {
      name: "9.5 bundles are listed newest first, with their releases, dists and debug ids",
      steps: [
        get(LIST)
          .returns(200)
          .exactly([
            { bundleId: THREE, associations: [], fileCount: 1, dateModified: null, date: "2026-01-04T00:00:00Z" },
            {
              bundleId: TWO,
              associations: [
                { release: "1.0", dist: null },
                { release: "2.0", dist: "d1" },
              ],
              fileCount: 2,
              dateModified: "2026-01-03T00:00:00Z",
              date: "2026-01-03T00:00:00Z",
            },
            {
              bundleId: ONE,
              associations: [{ release: "1.0", dist: null }],
              fileCount: 3,
              dateModified: null,
              date: "2026-01-02T03:04:05Z",
            },
          ]),
        get("P/bar/files/artifact-bundles/").listsBy("bundleId", TWO),
        as("both").get("P/baz/files/artifact-bundles/").listsBy("bundleId"),
      ],
    },
    {
      name: "9.5 a query matches a release, a dist, a bundle or a debug id exactly",
      steps: [
        get(`${LIST}?query=1.0`).listsBy("bundleId", TWO, ONE),
        get(`${LIST}?query=d1`).listsBy("bundleId", TWO),
        get(`${LIST}?query=1.`).listsBy("bundleId"),
        get(`${LIST}?query=${ONE}`).listsBy("bundleId", ONE),
        get(`${LIST}?query=${APP.replaceAll("-", "").toUpperCase()}`).listsBy("bundleId", ONE),
        get(`${LIST}?query=${VENDOR}`).listsBy("bundleId", TWO, ONE),
        get(`${LIST}?query=`).listsBy("bundleId", THREE, TWO, ONE),
      ],
    },
    {
      name: "9.5 bundles are sorted by the requested field",
      steps: [
        get(`${LIST}?sortBy=date_added`).listsBy("bundleId", ONE, TWO, THREE),
        get(`${LIST}?sortBy=-date_added`).listsBy("bundleId", THREE, TWO, ONE),
        get(`${LIST}?sortBy=-date_modified`).listsBy("bundleId", TWO, THREE, ONE),
        get(`${LIST}?sortBy=date_modified`).listsBy("bundleId", TWO, ONE, THREE),
        get(`${LIST}?sortBy=size`).returns(400, {
          detail: { code: "invalid_sort_by_parameter", message: "You can either sort via 'date_added' or 'date_modified'", extra: {} },
        }),
      ],
    },
    {
      name: "9.5 the default page size is ten",
      steps: [
        get(`${LIST}?per_page=2`).listsBy("bundleId", THREE, TWO),
        get(`${LIST}?per_page=2&cursor=2:1:0`).listsBy("bundleId", ONE),
        get(LIST)
          .returns(200)
          .links({ previous: ["10:-1:1", false], next: ["10:1:0", false] }),
      ],
    },
    {
      name: "9.5 listing bundles requires access to the project",
      steps: [
        as("other").get(LIST).returns(403, DENIED),
        as("ci").get(LIST).returns(200),
        as("foreignCi").get(LIST).returns(403, DENIED),
        as("anonymous").get(LIST).returns(401),
      ],
    },
    {
      name: "9.6 the files of a bundle are listed by URL in pages, and searched by part of the URL or by debug id",
      steps: [
        get(`P/foo/artifact-bundles/${ONE}/files/`)
          .returns(200)
          .exactly({
            bundleId: ONE,
            associations: [{ release: "1.0", dist: null }],
            fileCount: 3,
            dateModified: null,
            date: "2026-01-02T03:04:05Z",
            files: [
              { id: id("files/_/_/app.js"), fileType: 2, filePath: "~/app.js", fileSize: 12, debugId: APP, sourcemap: "app.js.map" },
              { id: id("files/_/_/app.js.map"), fileType: 3, filePath: "~/app.js.map", fileSize: 2, debugId: APP, sourcemap: null },
              { id: id("files/_/_/vendor.js"), fileType: 2, filePath: "~/vendor.js", fileSize: 11, debugId: VENDOR, sourcemap: null },
            ],
          }),
        get(`P/foo/artifact-bundles/${ONE}/files/?query=VENDOR`).returns(200, { files: [{ filePath: "~/vendor.js" }] }),
        get(`P/foo/artifact-bundles/${ONE}/files/?query=${APP}`).returns(200, { files: [{}, {}] }),
        get(`P/foo/artifact-bundles/${ONE}/files/?per_page=1&cursor=1:1:0`)
          .returns(200, { files: [{ filePath: "~/app.js.map" }] })
          .links({ previous: ["1:0:1", true], next: ["1:2:0", true] }),
        get(`P/bar/artifact-bundles/${ONE}/files/`).returns(400, {
          error: `The artifact bundle with ${ONE} is not bound to this project or doesn't exist`,
        }),
        get("P/foo/artifact-bundles/nope/files/").returns(400, {
          error: "The artifact bundle with nope is not bound to this project or doesn't exist",
        }),
      ],
    },
    {
      name: "9.6 downloading a file of a bundle requires the scope; whole files and ranges work",
      steps: [
        get(`P/foo/artifact-bundles/${ONE}/files/${id("files/_/_/app.js")}/`)
          .returns(403)
          .exactly(undefined),
        as("manager")
          .get(`P/foo/artifact-bundles/${ONE}/files/${id("files/_/_/app.js")}/`)
          .returns(200)
          .headers({
            "Content-Length": "12",
            "Content-Disposition": 'attachment; filename="app.js"',
            "Content-Type": "application/octet-stream",
          }),
        textIs(`P/foo/artifact-bundles/${ONE}/files/${id("files/_/_/app.js")}/`, "let app = 1;"),
        textIs(`P/foo/artifact-bundles/${ONE}/files/${id("files/_/_/app.js")}/`, "app", { Range: "bytes=4-6" }),
        as("manager")
          .get(`P/foo/artifact-bundles/${ONE}/files/${id("files/_/_/none.js")}/`)
          .returns(404, NOT_FOUND),
        as("manager").get(`P/foo/artifact-bundles/${ONE}/files/%25/`).returns(404, NOT_FOUND),
        as("manager")
          .get(`P/bar/artifact-bundles/${ONE}/files/${id("files/_/_/app.js")}/`)
          .returns(400),
      ],
    },
  ],
};

function id(path: string): string {
  const text = Buffer.from(path).toString("base64url");
  return text + "=".repeat((4 - (text.length % 4)) % 4);
}

/** The text that a manager downloads. */
function textIs(path: string, content: string, headers: Record<string, string> = {}): Step {
  return async ({ wire, organization, token }) => {
    const target = path.replace(/^P\//, `/projects/${organization.slug}/`);
    const { text } = await wire.get(target, { token: await token("manager"), headers });
    expect(text).toBe(content);
  };
}

/** Deleting (contract 9.5), and older clients' lists (clients 8.6). */
export const removals: readonly Scenario[] = [
  {
    name: "9.5 a bundle is removed from one project, and deleted with its last project",
    steps: [
      ...three,
      del(`${LIST}?bundleId=${TWO}`).returns(204).exactly(undefined),
      get(LIST).listsBy("bundleId", THREE, ONE),
      get("P/bar/files/artifact-bundles/").listsBy("bundleId", TWO),
      del(`${LIST}?bundleId=${TWO}`).returns(404, { error: `Supplied an invalid bundle_id ${TWO}` }),
      del(`P/bar/files/artifact-bundles/?bundleId=${TWO}`).returns(204),
      async ({ store, organization }) => {
        const { artifactBundles, artifactFiles } = store.read.tables;
        const bundles = (await store.read.select().from(artifactBundles)).filter((row) => row.organizationId === organization.id);
        expect(bundles.map((row) => row.bundleId)).toEqual([ONE, THREE]);
        const files = (await store.read.select().from(artifactFiles)).filter((row) => row.organizationId === organization.id);
        expect(files).toHaveLength(4);
      },
      bundled(second, { version: "1.0", projects: ["foo", "bar"] }),
      get(LIST).listsBy("bundleId", TWO, THREE, ONE),
    ],
  },
  {
    // sentry-cli derives the id from the files alone, and writes the release and the dist into the manifest.
    name: "9.5 the same files bundled for another release have the same id, and each release finds its own",
    steps: [
      bundled({ ...first, release: "1.0" }, { version: "1.0" }),
      bundled({ ...first, release: "2.0", dist: "d1" }, { version: "2.0", dist: "d1" }),
      bundled(first),
      get(LIST).returns(200, [
        { bundleId: ONE, associations: [], fileCount: 3 },
        { bundleId: ONE, associations: [{ release: "2.0", dist: "d1" }], fileCount: 3 },
        { bundleId: ONE, associations: [{ release: "1.0", dist: null }], fileCount: 3 },
      ]),
      get(`P/foo/artifact-bundles/${ONE}/files/`).returns(200, { associations: [], files: [{}, {}, {}] }),
      textIs(`P/foo/artifact-bundles/${ONE}/files/${id("files/_/_/app.js")}/`, "let app = 1;"),
      get(`${LOOKUP}?url=~/app.js&release=1.0`).returns(200, [{ resolved_with: "index" }]),
      get(`${LOOKUP}?url=~/app.js&release=2.0&dist=d1`).returns(200, [{ resolved_with: "index" }]),
      get(`${LOOKUP}?debug_id=${APP}`).returns(200, [{ resolved_with: "debug-id" }]),
      del(`${LIST}?bundleId=${ONE}`).returns(204),
      get(LIST).listsBy("bundleId"),
    ],
  },
  {
    name: "9.5 deleting requires a bundle id, and is not allowed for CI tokens",
    steps: [
      bundled(first),
      del(LIST).returns(404, { error: "Supplied an invalid bundle_id None" }),
      as("ci").del(`${LIST}?bundleId=${ONE}`).returns(403, DENIED),
      as("other").del(`${LIST}?bundleId=${ONE}`).returns(403, DENIED),
      get(LIST).listsBy("bundleId", ONE),
    ],
  },
  {
    name: "8.6 older clients list and delete all files of a release at once",
    steps: [
      release("1"),
      release("2"),
      archived("1", { files: { a: { url: "~/a.js", content: "a" } } }),
      as("manager")
        .call("POST", "O/releases/1/files/", { raw: formOf(["file", "x", "x.js"]) })
        .returns(201),
      as("manager")
        .call("POST", "O/releases/2/files/", { raw: formOf(["file", "x", "x.js"]) })
        .returns(201),
      get(SOURCE_MAPS).returns(200, [
        { type: "release", name: "2", fileCount: 1 },
        { type: "release", name: "1", fileCount: 2 },
      ]),
      get(`${SOURCE_MAPS}?query=1`).listsBy("name", "1"),
      as("ci").del(`${SOURCE_MAPS}?name=1`).returns(403, DENIED),
      del(`${SOURCE_MAPS}?name=1`).returns(204),
      get("O/releases/1/files/").listsBy("name"),
      get(SOURCE_MAPS).listsBy("name", "2"),
      del(`${SOURCE_MAPS}?name=nope`).returns(404, NOT_FOUND),
      del(`P/bar/files/source-maps/?name=2`).returns(404, NOT_FOUND),
      del(SOURCE_MAPS).returns(400),
    ],
  },
  {
    name: "4.3 deleting a release deletes its files, its archives, and bundles without another association",
    steps: [
      release("1.0"),
      release("2.0"),
      ...three,
      as("manager")
        .call("POST", "O/releases/1.0/files/", { raw: formOf(["file", "x", "x.js"]) })
        .returns(201),
      archived("1.0", { files: { a: { url: "~/a.js", content: "a" } } }),
      as("manager").del("O/releases/1.0/").returns(204),
      get(LIST).listsBy("bundleId", THREE, TWO),
      get(`${LIST}?query=${TWO}`).returns(200, [{ associations: [{ release: "2.0", dist: "d1" }] }]),
      get(`${LOOKUP}?url=~/app.js&release=1.0`).returns(200).exactly([]),
      get(`${LOOKUP}?debug_id=${APP}`).returns(200).exactly([]),
    ],
  },
];

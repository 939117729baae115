import { expect } from "vitest";
import { withFile, downloads, file, FILES, PROJECT_FILES, textOf } from "./file-steps.ts";
import { release } from "./setup-steps.ts";
import type { Scenario, Sharing } from "./run-scenarios.ts";
import { as, at, del, get, put } from "./steps.ts";
import { sha1 } from "./upload-form.ts";
import { archived } from "./upload-steps.ts";

/** Lists (contract 8.2; 17, E15). */
export const lists: Sharing = {
  before: [release("1"), file("~/foo.js", "foo"), file("~/BAR.js", "bar"), file("~/bar.js", "bar", "d1"), file("~/100%_!.js", "odd")],
  sharing: [
    { name: "8.2 files are sorted by name", steps: [get(FILES).listsBy("name", "~/100%_!.js", "~/BAR.js", "~/bar.js", "~/foo.js")] },
    {
      name: "E15 a part of the name matches in any case",
      steps: [get(`${FILES}?query=FOO`).listsBy("name", "~/foo.js"), get(`${FILES}?query=bar`).listsBy("name", "~/BAR.js", "~/bar.js")],
    },
    {
      name: "E15 any of several parts matches",
      steps: [get(`${FILES}?query=foo&query=bar`).listsBy("name", "~/BAR.js", "~/bar.js", "~/foo.js")],
    },
    { name: "E15 a text that is in no name finds nothing", steps: [get(`${FILES}?query=baz`).listsBy("name")] },
    {
      name: "8.2 there are no wildcard characters",
      steps: ["%25", "_", "!", "%25_!."].map((query) => get(`${FILES}?query=${query}`).listsBy("name", "~/100%_!.js")),
    },
    {
      name: "E15 a checksum matches exactly",
      steps: [
        get(`${FILES}?checksum=${sha1("bar")}`).listsBy("name", "~/BAR.js", "~/bar.js"),
        get(`${FILES}?checksum=${sha1("bar").slice(0, 39)}`).listsBy("name"),
      ],
    },
    {
      name: "E15 any of several checksums matches, as clients send them",
      steps: [get(`${FILES}?cursor=&checksum=${sha1("foo")}&checksum=${sha1("odd")}`).listsBy("name", "~/100%_!.js", "~/foo.js")],
    },
    {
      name: "E15 a part of the name and a checksum are combined with AND",
      steps: [
        get(`${FILES}?query=BAR&checksum=${sha1("foo")}`).listsBy("name"),
        get(`${FILES}?query=foo&checksum=${sha1("foo")}`).listsBy("name", "~/foo.js"),
      ],
    },
    {
      name: "8.2 an empty query lists everything",
      steps: [get(`${FILES}?query=&checksum=`).listsBy("sha1", sha1("odd"), sha1("bar"), sha1("bar"), sha1("foo"))],
    },
    {
      name: "8.2 lists are paged up to a limit",
      steps: [
        get(`${FILES}?per_page=3`).listsBy("name", "~/100%_!.js", "~/BAR.js", "~/bar.js"),
        get(`${FILES}?per_page=3&cursor=3:1:0`).listsBy("name", "~/foo.js"),
        get(`${FILES}?cursor=100:199:0`).returns(200),
        get(`${FILES}?cursor=100:200:0`).returns(400, { detail: "Pagination offset too large" }),
        get(`${FILES}?cursor=x`).returns(400, { detail: "Invalid cursor parameter." }),
      ],
    },
    { name: "8.2 the project's path lists the same files", steps: [get(`${PROJECT_FILES}?query=foo`).listsBy("name", "~/foo.js")] },
  ],
};

const MAP = '{"version":3}'.repeat(3000);
const PARTS = {
  dist: "d1",
  release: "1",
  files: {
    "files/_/_/z.js": { url: "~/z.js", type: "minified_source", headers: { "Content-Type": "text/javascript" }, content: "let z;" },
    "files/_/_/a.js.map": { url: "~/a.js.map", type: "source_map", headers: {}, content: MAP },
  },
};

/** Files in archives, listed with single files (contract 8.2, 8.3; 17, E16). */
export const members: readonly Scenario[] = [
  {
    name: "8.2 members of an archive are listed after single files, by URL and dist, and are filtered like them",
    steps: [
      release("1"),
      archived("1", { ...PARTS, dist: "d0" }),
      archived("1", PARTS),
      file("~/zz.js", "single"),
      get(FILES).listsBy("name", "~/zz.js", "~/a.js.map", "~/z.js", "~/a.js.map", "~/z.js"),
      get(FILES).listsBy("dist", null, "d0", "d0", "d1", "d1"),
      get(`${FILES}?query=Z.JS`).listsBy("name", "~/zz.js", "~/z.js", "~/z.js"),
      get(`${FILES}?checksum=${sha1(MAP)}`)
        .returns(200)
        .exactly(
          ["d0", "d1"].map((dist) => ({
            id: Buffer.from(`${dist}_~/a.js.map`).toString("base64").replaceAll("/", "_").replaceAll("+", "-"),
            name: "~/a.js.map",
            dist,
            headers: {},
            size: MAP.length,
            sha1: sha1(MAP),
            dateCreated: "2026-01-02T03:04:05.678Z",
          })),
        ),
    ],
  },
  {
    name: "8.2 a later archive replaces members with the same name and dist, and nothing else; a single file stays",
    steps: [
      release("1"),
      file("~/z.js", "single"),
      archived("1", PARTS),
      at("2026-01-03"),
      archived("1", { dist: "d1", files: { "z.js": { url: "~/z.js", content: "new z" }, "y.js": { url: "~/y.js", content: "y" } } }),
      get(FILES).listsBy("sha1", sha1("single"), sha1(MAP), sha1("y"), sha1("new z")),
      archived("1", { dist: "d1", files: { "a.js.map": { url: "~/a.js.map", content: "{}" } } }),
      async ({ store }) => {
        const { releaseArchives } = store.read.tables;
        const archives = await store.read.select().from(releaseArchives);
        const newest = archives.filter((row) => row.releaseId === archives.at(-1)?.releaseId);
        expect(newest).toHaveLength(2);
      },
    ],
  },
  {
    name: "8.3 a member is described and downloaded by its id, whole or in part",
    steps: [
      release("1"),
      archived("1", PARTS),
      withFile("~/a.js.map", (path) => get(path).returns(200, { name: "~/a.js.map", dist: "d1" })),
      withFile("~/a.js.map", (path) => downloads(path, MAP, "a.js.map")),
      withFile("~/a.js.map", (path) =>
        as("manager")
          .get(`${path}?download=1`, { headers: { Range: "bytes=20000-20004" } })
          .returns(206)
          .headers({ "Content-Range": `bytes 20000-20004/${MAP.length}`, "Content-Length": "5" }),
      ),
      withFile("~/a.js.map", textOf({ Range: "bytes=20000-20004" }, MAP.slice(20_000, 20_005))),
    ],
  },
  {
    name: "E16 members cannot be renamed, but can be deleted",
    steps: [
      release("1"),
      archived("1", PARTS),
      withFile("~/z.js", (path) => put(path, { name: "new" }).returns(400, { detail: "Can only update release files with integer IDs" })),
      withFile("~/z.js", (path) => del(path).returns(204)),
      get(FILES).listsBy("name", "~/a.js.map"),
    ],
  },
];

import { callers } from "@landfall/testing/access/callers";
import { oneFile, uploadBundle } from "@landfall/testing/artifacts/upload-artifacts";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { countedStore } from "@landfall/testing/stores/wrapped-stores";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { uploadReleaseFile } from "../release-files/upload.ts";
import { createRelease } from "../releases/create.ts";
import { deleteArtifactBundle, previewBundleDeletion } from "./delete-bundle.ts";
import { describeReleaseArtifacts } from "./get-release-artifacts.ts";
import { browseBundleFiles } from "./list-bundle-files.ts";
import { browseBundles, browseReleaseBundles } from "./list-bundles.ts";
import { checkSourceMap } from "./read-bundle-file.ts";

const organization = "acme";
const id = (digit: string) => `${digit.repeat(8)}-${digit.repeat(4)}-4${digit.repeat(3)}-8${digit.repeat(3)}-${digit.repeat(12)}`;
const script = (url: string, headers: Record<string, string> = {}) => ({ url, type: "minified_source", headers, content: `a(${url})` });
const map = (url: string, headers: Record<string, string> = {}) => ({ url, type: "source_map", headers, content: `{"file":"${url}"}` });

/** Complete by debug id; by URL one complete, one without its map, one without a reference; and a source. */
const COMPLETE = {
  debug_id: id("1"),
  files: {
    "a.js": script("~/a.js", { "debug-id": id("a"), sourcemap: "a.js.map" }),
    "a.map": map("~/a.js.map", { "debug-id": id("a") }),
  },
};

const BARE = '{"version":3,"sources":["a.ts","b.ts"],"sourcesContent":["x",null],"names":[],"mappings":"AAAA"}';

const INCOMPLETE = {
  debug_id: id("2"),
  files: {
    "whole.js": script("~/js/whole.js", { sourcemap: "whole.js.map" }),
    "whole.map": { ...map("~/js/whole.js.map"), content: BARE },
    "lost.js": script("~/js/lost.js", { sourcemap: "lost.js.map" }),
    "mute.js": script("~/js/mute_100%.js"),
    "main.ts": { url: "~/js/main.ts", type: "source", content: "source" },
  },
};

const UNREACHABLE = { debug_id: id("3"), files: { "x.js": script("~/x.js", { sourcemap: "x.js.map" }), "x.map": map("~/x.js.map") } };

describe.each(["sqlite", "pglite"] as const)("browsing bundles on %s", (kind) => {
  let bench: TestApp;
  let ci: Context;
  let wim: Context;
  let manager: Context;
  beforeAll(async () => {
    bench = await createTestApp(kind);
    const as = callers(bench.app, bench.given);
    await bench.given.organization(organization, { openMembership: false, teams: ["web", "api"], projects: { web: "web", api: "api" } });
    await bench.given.user("wim@acme.test", { organization, teams: ["web"] });
    await bench.given.user("mia@acme.test", { organization, role: "manager" });
    [ci, wim, manager] = [await as.ci(organization), await as.person("wim@acme.test"), await as.person("mia@acme.test")];
    await createRelease(ci, { organization, version: "1.0", projects: ["web", "api"] });
    const upload = (projects: string[], parts: typeof COMPLETE | typeof INCOMPLETE | typeof UNREACHABLE, released = {}) =>
      uploadBundle(bench.app, ci, { organization, projects, parts, ...released });
    await upload(["web", "api"], COMPLETE, { version: "1.0" });
    await upload(["web"], INCOMPLETE, { version: "1.0", dist: "ios" });
    await upload(["api"], UNREACHABLE);
    await uploadReleaseFile.call(ci, { organization, version: "1.0" }, () => oneFile(new Uint8Array(7), "~/own.js"));
  });
  afterAll(() => bench.close());

  const inWeb = { organization, project: "web" };
  const ids = async (query?: string) =>
    (await browseBundles(ci, { ...inWeb, ...(query === undefined ? {} : { query }) })).items.map(({ bundleId }) => bundleId);

  test("returns the releases, the size and the missing maps of each", async () => {
    const { items } = await browseBundles(ci, inWeb);
    expect(items).toMatchObject([
      {
        id: "artifact_bundle/2",
        bundleId: id("2"),
        associations: [{ release: "1.0", dist: "ios" }],
        projects: ["web"],
        fileCount: 5,
        dateModified: null,
        counts: { minified: 3, maps: 1, sources: 1, missing: 2 },
        matches: 0,
      },
      {
        bundleId: id("1"),
        associations: [{ release: "1.0", dist: null }],
        projects: ["api", "web"],
        counts: { minified: 1, maps: 1, sources: 0, missing: 0 },
      },
    ]);
    expect(items[0]?.size).toBeGreaterThan(200);
    const [only] = (await browseBundles(ci, { organization, project: "api" })).items;
    expect(only).toMatchObject({ bundleId: id("3"), associations: [], counts: { missing: 1 } });
  });

  test.each([
    ["1.0", [id("2"), id("1")]],
    ["ios", [id("2")]],
    [id("1"), [id("1")]],
    [id("1").replaceAll("-", "").toUpperCase(), [id("1")]],
    [id("a"), [id("1")]],
    ["LOST", [id("2")]],
    ["_100%", [id("2")]],
    ["x.js", []],
    ["\0", [id("2"), id("1")]],
    ["\ud800", []],
  ])("finds %j", async (query, expected) => {
    expect(await ids(query)).toEqual(expected);
  });

  test("counts the files that match a search", async () => {
    const [found] = (await browseBundles(ci, { ...inWeb, query: "whole" })).items;
    expect(found?.matches).toBe(2);
  });

  test("pages", async () => {
    const first = await browseBundles(ci, { ...inWeb, per_page: 1 });
    expect(first).toMatchObject({ items: [{ bundleId: id("2") }], next: { hasResults: true } });
    const second = await browseBundles(ci, { ...inWeb, per_page: 1, cursor: first.next?.cursor });
    expect(second).toMatchObject({ items: [{ bundleId: id("1") }], next: { hasResults: false } });
  });

  test("runs as many statements for many bundles as for one", async () => {
    const { store, taken } = countedStore(bench.app.store);
    const counted = { ...ci, store };
    const cost = async (work: () => Promise<unknown>) => {
      taken();
      await work();
      return taken();
    };
    const one = await cost(() => browseBundles(counted, { ...inWeb, per_page: 1 }));
    expect(await cost(() => browseBundles(counted, inWeb))).toBe(one);
    expect(one).toBeLessThanOrEqual(8);
    expect(await cost(() => browseReleaseBundles(counted, { organization, version: "1.0" }))).toBeLessThanOrEqual(9);
    expect(await cost(() => describeReleaseArtifacts(counted, { organization, version: "1.0" }))).toBe(8);
  });

  test("lists the bundles of a release once each, in projects within reach", async () => {
    const of = async (by: Context, query?: string) =>
      (await browseReleaseBundles(by, { organization, version: "1.0", ...(query === undefined ? {} : { query }) })).items;
    expect((await of(ci)).map(({ bundleId }) => bundleId)).toEqual([id("2"), id("1")]);
    expect((await of(ci, "lost.js")).map(({ bundleId }) => bundleId)).toEqual([id("2")]);
    expect((await of(wim)).map(({ projects }) => projects)).toEqual([["web"], ["web"]]);
  });

  test("counts the artifacts of a release", async () => {
    const counts = await describeReleaseArtifacts(ci, { organization, version: "1.0" });
    expect(counts).toMatchObject({
      bundles: 2,
      bundledFiles: 7,
      files: 1,
      filesSize: 7,
      members: 0,
      archives: 0,
      archivesSize: 0,
      dists: [null, "ios"],
    });
    const { items } = await browseBundles(ci, inWeb);
    expect(counts.bundledSize).toBe(items.reduce((sum, { size }) => sum + size, 0));
  });

  describe("the files of a bundle", () => {
    const files = async (more: object = {}) => (await browseBundleFiles(ci, { ...inWeb, bundle: id("2"), ...more })).files;

    test("are listed by URL, with what is missing of each", async () => {
      expect((await files()).items.map(({ name, kind, missing }) => [name, kind, missing])).toEqual([
        ["~/js/lost.js", "minified", { reason: "missing", map: "~/js/lost.js.map" }],
        ["~/js/main.ts", "source", null],
        ["~/js/mute_100%.js", "minified", { reason: "no-reference", map: null }],
        ["~/js/whole.js", "minified", null],
        ["~/js/whole.js.map", "map", null],
      ]);
      const [, only] = (await browseBundleFiles(ci, { organization, project: "api", bundle: id("3") })).files.items;
      expect(only).toMatchObject({ kind: "map", debugId: null });
    });

    test("are found by name, by debug id, and by what is missing, page by page", async () => {
      expect((await files({ query: "WHOLE" })).items.map(({ name }) => name)).toEqual(["~/js/whole.js", "~/js/whole.js.map"]);
      expect((await browseBundleFiles(ci, { ...inWeb, bundle: id("1"), query: id("a") })).files.items).toHaveLength(2);
      const first = await files({ missing: true, per_page: 1 });
      expect(first).toMatchObject({ items: [{ name: "~/js/lost.js" }], next: { hasResults: true } });
      const second = await files({ missing: "1", per_page: 1, cursor: first.next?.cursor });
      expect(second).toMatchObject({ items: [{ name: "~/js/mute_100%.js" }], next: { hasResults: false } });
    });

    test("are not found in another project", async () => {
      await expect(browseBundleFiles(ci, { organization, project: "api", bundle: id("2") })).rejects.toMatchObject({ code: "invalid" });
      await expect(browseBundleFiles(wim, { organization, project: "api", bundle: id("3") })).rejects.toMatchObject({ code: "not_found" });
    });
  });

  test("a check counts the sources with text of a map, for callers who may read it", async () => {
    const check = (by: Context, bundle: string, path: string) =>
      checkSourceMap(by, { ...inWeb, bundle, file: Buffer.from(path).toString("base64url") });
    expect(await check(manager, id("2"), "whole.map")).toEqual({ problem: null, sources: 2, withText: 1, without: ["b.ts"] });
    expect(await check(manager, id("2"), "main.ts")).toEqual({ problem: "This is not a source map: it is not JSON." });
    await expect(check(wim, id("2"), "whole.map")).rejects.toMatchObject({ code: "forbidden" });
    await expect(check(manager, id("2"), "none")).rejects.toMatchObject({ code: "not_found" });
    await expect(check(manager, id("3"), "x.map")).rejects.toMatchObject({ code: "invalid" });
  });

  test("a preview of a deletion lists what the deletion deletes", async () => {
    const bundle = { ...inWeb, bundle: id("1") };
    expect(await previewBundleDeletion(manager, bundle)).toMatchObject({
      bundles: 1,
      files: 2,
      freed: 0,
      releases: ["1.0"],
      keptBy: 1,
      canDelete: true,
      reason: null,
    });
    expect(await previewBundleDeletion(ci, bundle)).toMatchObject({
      canDelete: false,
      reason: expect.stringContaining("project:releases"),
    });
    const [last] = (await browseBundles(ci, inWeb)).items;
    expect(await previewBundleDeletion(manager, { ...inWeb, bundle: id("2") })).toMatchObject({ freed: last?.size, keptBy: 0 });
    await deleteArtifactBundle(manager, { ...inWeb, bundleId: id("1") });
    await expect(previewBundleDeletion(manager, bundle)).rejects.toMatchObject({ code: "invalid" });
    expect(await ids()).toEqual([id("2")]);
    expect((await browseBundles(ci, { organization, project: "api" })).items).toHaveLength(2);
  });
});

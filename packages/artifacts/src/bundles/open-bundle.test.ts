import { buildZip, type ZipShape } from "@landfall/testing/artifacts/build-zip";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clientBundle } from "../../test/client-bundle.ts";
import { bundleLimits } from "../archive/bundle-limits.ts";
import { isBundleProblem } from "../archive/bundle-problem.ts";
import { fromBytes } from "../archive/random-access.ts";
import { parseSourceMap } from "../maps/parse-source-map.ts";
import { resolvePosition } from "../maps/resolve-position.ts";
import { urlCandidates } from "../urls.ts";
import { openBundle } from "./open-bundle.ts";
import { parseManifest } from "./parse-manifest.ts";

const id = "0aec15dd-aea4-52d9-b598-75cd54254902";
const parse = (manifest: unknown) => parseManifest(Buffer.from(typeof manifest === "string" ? manifest : JSON.stringify(manifest)));
const file = async (fields: object) => (await parse({ files: { "a.js": fields } })).files[0];

function bundle(manifest: unknown, shape: ZipShape = { bundleVersion: 2 }, names = ["files/_/_/app.js", "files/_/_/app.js.map"]) {
  const entries = names.map((name) => ({ name, data: `content of ${name}` }));
  return openBundle(fromBytes(buildZip([...entries, { name: "manifest.json", data: JSON.stringify(manifest) }], shape)));
}

const complete = {
  files: {
    "files/_/_/app.js": { type: "minified_source", url: "~/app.js", headers: { "debug-id": id, sourcemap: "app.js.map" } },
    "files/_/_/app.js.map": { type: "source_map", url: "~/app.js.map", headers: { "Debug-ID": id.toUpperCase() } },
  },
  debug_id: "1BD0599A78E55B01B9DF3051621807B1",
  org: "acme",
  project: "web",
  release: "1.0",
  dist: "d1",
  note: "text",
};

describe("a bundle", () => {
  it("has the properties of the manifest, and its files", async () => {
    const opened = await bundle(complete);
    expect(opened).toMatchObject({
      bundleId: "1bd0599a-78e5-5b01-b9df-3051621807b1",
      organization: "acme",
      project: "web",
      release: "1.0",
      dist: "d1",
      note: "text",
      files: [
        {
          path: "files/_/_/app.js",
          type: "minified_source",
          url: "~/app.js",
          debugId: id,
          mapReference: "app.js.map",
          entry: { size: 27 },
        },
        {
          path: "files/_/_/app.js.map",
          type: "source_map",
          url: "~/app.js.map",
          debugId: id,
          mapReference: null,
          headers: { "debug-id": id.toUpperCase() },
        },
      ],
    });
    const bytes = await opened.archive.read("files/_/_/app.js", 100);
    expect(Buffer.from(bytes).toString()).toBe("content of files/_/_/app.js");
  });

  it("reads a bundle of a real client", async () => {
    const opened = await openBundle(fromBytes(clientBundle));
    expect(opened).toMatchObject({ organization: "acme", project: "web", release: "1.0", dist: "d1", archive: { version: 2 } });
    expect(opened.bundleId).toBe("860192f1-2392-57bc-814b-70ddb5dfb37f");
    expect(opened.files.map(({ path, url, type, mapReference }) => [path, url, type, mapReference])).toEqual([
      ["files/_/_/[id]%20%C3%A9.js", "~/[id] é.js", "minified_source", null],
      ["files/_/_/a.js", "~/a.js", "minified_source", "a.js.map"],
      ["files/_/_/a.js.map", "~/a.js.map", "source_map", null],
    ]);
    expect(urlCandidates("https://e.com/%5Bid%5D%20%C3%A9.js")).toContain(opened.files[0]?.url);
    expect(Buffer.from(await opened.archive.read("files/_/_/[id]%20%C3%A9.js", 10)).toString()).toBe("x");
    const script = Buffer.from(await opened.archive.read("files/_/_/a.js", 1000)).toString();
    const map = parseSourceMap(await opened.archive.read("files/_/_/a.js.map", 1000));
    expect(script.split("\n")[1]).toBe("a();");
    expect(resolvePosition(map, { line: 2, column: 1 })).toMatchObject({ source: "a.ts", line: 2, context: { before: ["fn"], line: "b" } });
  });

  it("requires a manifest, and every file that it lists", async () => {
    await expect(openBundle(fromBytes(buildZip([{ name: "app.js", data: "1" }])))).rejects.toMatchObject({ code: "no-manifest" });
    await expect(openBundle(fromBytes(buildZip([])))).rejects.toMatchObject({ code: "no-manifest" });
    await expect(bundle(complete, {}, ["files/_/_/app.js"])).rejects.toMatchObject({
      code: "missing-entry",
      message: expect.stringContaining('names "files/_/_/app.js.map", which is not in the bundle'),
    });
  });

  it("may have files that the manifest does not list", async () => {
    expect((await bundle({ files: {} }, {})).files).toEqual([]);
  });

  it("limits the size of its manifest", async () => {
    const bytes = buildZip([{ name: "manifest.json", data: JSON.stringify({ note: "x".repeat(500) }) }]);
    await expect(openBundle(fromBytes(bytes), { ...bundleLimits, manifest: 500 })).rejects.toMatchObject({ code: "entry-too-large" });
  });
});

describe("a manifest", () => {
  it("may omit everything", async () => {
    const nothing = { bundleId: null, organization: null, project: null, release: null, dist: null, note: null, files: [] };
    expect(await parse({})).toEqual(nothing);
    expect(
      await parse({ files: null, debug_id: null, org: null, project: "", release: null, dist: null, somethingNew: { deep: [1] } }),
    ).toEqual(nothing);
    expect(await parse("\ufeff{}")).toEqual(nothing);
    expect((await parse({ debug_id: "not a UUID" })).bundleId).toBeNull();
    expect(await file({})).toEqual({ path: "a.js", type: "unknown", url: null, headers: {}, debugId: null, mapReference: null });
  });

  it("converts names of headers to lower case", async () => {
    expect(await file({ headers: { Sourcemap: " app.js.map ", "X-Custom": "Unchanged Value" } })).toMatchObject({
      headers: { sourcemap: "app.js.map", "x-custom": "Unchanged Value" },
      mapReference: "app.js.map",
    });
    expect((await file({ headers: { "X-SourceMap": "old.map" } }))?.mapReference).toBe("old.map");
    expect((await file({ headers: { "x-sourcemap": "old.map", SourceMap: "new.map" } }))?.mapReference).toBe("new.map");
  });

  it.each(["source", "minified_source", "source_map", "indexed_ram_bundle"])("reads the type %s", async (type) => {
    expect((await file({ type }))?.type).toBe(type);
  });

  it.each(["other", null, 3, { a: 1 }, undefined])("reads the type %j as unknown", async (type) => {
    expect((await file({ type }))?.type).toBe("unknown");
  });

  it("ignores an invalid debug id", async () => {
    expect((await file({ headers: { "debug-id": "main" } }))?.debugId).toBeNull();
    expect((await file({ headers: { "debug-id": "" } }))?.debugId).toBeNull();
  });

  it("treats names of Object.prototype as ordinary names", async () => {
    const { files } = await parse(
      '{"files":{"__proto__":{"url":"~/p.js","headers":{"__proto__":"x","constructor":"y"}},"toString":{"url":"~/t.js"}}}',
    );
    expect(files.map(({ path, url }) => [path, url])).toEqual([
      ["__proto__", "~/p.js"],
      ["toString", "~/t.js"],
    ]);
    expect(Object.entries(files[0]?.headers ?? {})).toEqual([
      ["__proto__", "x"],
      ["constructor", "y"],
    ]);
    expect(Object.getPrototypeOf(files[0]?.headers)).toBe(Object.prototype);
  });

  it.each([
    { manifest: "", problem: "not JSON" },
    { manifest: "{", problem: "not JSON" },
    { manifest: "[]", problem: "it: " },
    { manifest: "[".repeat(20), problem: "not JSON" },
    { manifest: "[".repeat(20_000_000), problem: "nested more than 32 deep" },
    { manifest: `${"[".repeat(100_000)}${"]".repeat(100_000)}`, problem: "nested more than 32 deep" },
    { manifest: `{"files":[${"[],".repeat(600_000)}[]]}`, problem: "has more than 1000000 values" },
    { manifest: `{"files":{${Array.from({ length: 50_001 }, (_, index) => `"${index}":{}`).join(",")}}}`, problem: "lists 50001 files" },
    { manifest: { files: [] }, problem: '"files": is not an object' },
    { manifest: { release: 5 }, problem: '"release": ' },
    { manifest: { org: "a\0b" }, problem: '"org": contains a NUL character' },
    { manifest: { files: { "a.js": null } }, problem: 'of file "a.js", it: ' },
    { manifest: { files: { "a.js": { url: 1 } } }, problem: 'of file "a.js", "url": ' },
    { manifest: { files: { "a.js": { url: "x".repeat(9000) } } }, problem: '"url": ' },
    { manifest: { files: { "a.js": { headers: [] } } }, problem: '"headers": is not an object' },
    { manifest: { files: { "a.js": { headers: { sourcemap: ["a"] } } } }, problem: 'of file "a.js", "headers.sourcemap": ' },
  ])("is rejected with the problem: $problem", async ({ manifest, problem }) => {
    await expect(parse(manifest)).rejects.toThrow(problem);
    await expect(parse(manifest)).rejects.toThrow(/manifest\.json .*\.$/s);
  });

  it("must be UTF-8", async () => {
    await expect(parseManifest(Uint8Array.of(0x7b, 0xff, 0x7d))).rejects.toThrow(/not JSON in UTF-8/);
  });

  it("only fails with `BundleProblem`", async () => {
    const anything = fc.jsonValue({ maxDepth: 4 });
    const nearly = fc.record(
      {
        files: fc.dictionary(fc.string(), fc.record({ url: anything, type: anything, headers: anything }, { requiredKeys: [] })),
        org: anything,
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(anything, nearly), async (value) => {
        try {
          const { files } = await parse(JSON.parse(JSON.stringify(value)));
          for (const one of files) for (const name of Object.keys(one.headers)) expect(name).toBe(name.toLowerCase());
        } catch (error) {
          if (!isBundleProblem(error)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });
});

import type { BundleParts } from "@landfall/testing/artifacts/make-bundle";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildScript, type BuiltScript } from "../../../test/build-script.ts";
import { openShop, organization, type Shop } from "../../../test/source-maps.ts";
import { resolveStack } from "./resolve-stack.ts";

type Plugin = { readonly built: BuiltScript; readonly reference?: string; readonly file?: string; readonly index?: number };

/** A bundle as the bundler plugins upload it: its files are named by debug id, and its manifest has no other name of them. */
function pluginBundle(...scripts: readonly Plugin[]): BundleParts {
  const files = scripts.flatMap(({ built: { script, map, debugId }, reference, file, index = 0 }) => {
    const name = `${debugId}-${index}.js`;
    const headers = { "debug-id": debugId ?? "", sourcemap: `${name}.map` };
    const text = script.replace(/\n\/\/# sourceMappingURL=.*/, reference === undefined ? "" : `\n//# sourceMappingURL=${reference}`);
    const content = file === undefined ? map : JSON.stringify({ ...(JSON.parse(map) as object), file });
    return [
      [`_/_/${name}`, { url: `~/${name}`, type: "minified_source", headers, content: text }] as const,
      [`_/_/${name}.map`, { url: `~/${name}.map`, type: "source_map", headers: { "debug-id": debugId ?? "" }, content }] as const,
    ];
  });
  return { files: Object.fromEntries(files) };
}

describe.each(["sqlite", "pglite"] as const)("a pasted stack trace of a build of the bundler plugins on %s", (kind) => {
  let shop: Shop;
  let builds: readonly BuiltScript[];
  const build = (index: number): BuiltScript => {
    const built = builds[index];
    if (built === undefined) throw new Error("not built");
    return built;
  };
  beforeAll(async () => {
    shop = await openShop(kind);
    builds = await Promise.all(
      ["main", "page", "about", "old", "free"].map((name) => buildScript({ name: `${name}.js`, hasDebugId: true })),
    );
    const { bundle } = shop;
    await bundle(pluginBundle({ built: build(0), reference: "main-3f2a91bc.js.map" }), { version: "1.0" });
    await bundle(pluginBundle({ built: build(0), file: "static/js/main.js" }), { version: "hidden" });
    const pages = [
      { built: build(1), reference: "page.js.map", file: "app/page.js" },
      { built: build(2), reference: "page.js.map", file: "app/about/page.js" },
    ];
    await bundle(pluginBundle(...pages), { version: "pages" });
    for (const index of [3, 0]) await bundle(pluginBundle({ built: build(index), reference: "main.js.map" }), { version: "twice" });
    await bundle(pluginBundle({ built: build(4), reference: "free.js.map" }));
    await bundle(pluginBundle({ built: build(4), reference: "free-3f2a91bc.js.map", index: 1 }));
  });
  afterAll(() => shop.bench.close());

  const at = ({ line, column }: BuiltScript): string => `${line}:${column}`;
  const url = (path: string): string => `https://shop.example/${path}`;
  const frameOf = (path: string, index: number, event?: Parameters<Shop["frame"]>[1]) =>
    shop.frame(`${url(path)}:${at(build(index))}`, event);

  test.each([
    ["its sourceMappingURL", "assets/main-3f2a91bc.js", 0, "1.0", "reference"],
    ["the file of its map", "cdn/static/js/main.js?v=1", 0, "hidden", "map"],
    ["the file of its map, with folders", "_next/app/page.js", 1, "pages", "map"],
    ["the file of its map, with other folders", "_next/app/about/page.js", 2, "pages", "map"],
  ] as const)("is resolved by %s", async (_, path, index, release, by) => {
    const { miss, original, match } = await frameOf(path, index, { release });
    expect({ miss, original, match }).toMatchObject({
      miss: null,
      original: { source: expect.stringMatching(/src\/cart\.ts$/), line: 3, context: { line: expect.stringContaining("// here") } },
      match: { by, file: `~/${build(index).debugId}-0.js`, sentence: expect.stringMatching(/^Matched by .*\.$/) },
    });
  });

  test("offers the files where several match, and uses the chosen one", async () => {
    const stack = `Error\n    at f (${url("assets/main.js")}:${at(build(0))})\n    at f (${url("assets/main.js")}:1:1)`;
    const ids = [build(0), build(3)].map(({ debugId }) => debugId);
    const open = await shop.resolve({ stack, release: "twice" });
    expect(open).toMatchObject({
      frames: 2,
      resolved: 0,
      choices: [{ url: url("assets/main.js"), chosen: null, files: ids.map((id) => ({ id, name: `~/${id}-0.js`, builtName: "main.js" })) }],
    });
    expect(open.lines[1]?.frame?.miss).toMatchObject({ reason: "ambiguous", near: ids.map((id) => `~/${id}-0.js`) });
    for (const name of [url("assets/main.js"), "~/assets/main.js", "assets/main.js", "main.js"]) {
      const chosen = await shop.resolve({ stack, release: "twice", files: { [name]: ids[0] ?? "" } });
      expect(chosen).toMatchObject({ resolved: 1, choices: [{ chosen: ids[0], files: [{ id: ids[0] }, { id: ids[1] }] }] });
      expect(chosen.lines[1]?.frame).toMatchObject({ original: { line: 3 }, match: { by: "choice" } });
    }
    const other = await shop.resolve({ stack, release: "twice", files: { "other.js": ids[0] ?? "", "ain.js": ids[0] ?? "" } });
    expect(other).toEqual(open);
    expect(await shop.resolve({ stack, release: "twice", files: { "main.js": "~/none.js" } })).toEqual(open);
  });

  test("of a build without a release is matched if the trace has none or the name is of one build, else offered", async () => {
    expect(await frameOf("free.js", 4)).toMatchObject({
      miss: null,
      match: { by: "reference", sentence: expect.stringMatching(/without a release\.$/) },
    });
    expect(await frameOf("free-3f2a91bc.js", 4, { release: "9.9" })).toMatchObject({ miss: null, match: { by: "reference" } });
    const stack = `    at f (${url("free.js")}:${at(build(4))})`;
    const offered = await shop.resolve({ stack, release: "9.9" });
    expect(offered.lines[0]?.frame?.miss).toMatchObject({ reason: "debug-id-not-injected" });
    expect(offered.choices).toMatchObject([{ chosen: null, files: [{ id: build(4).debugId, builtName: "free.js" }] }]);
    expect(await shop.resolve({ stack, release: "9.9", files: { "free.js": build(4).debugId ?? "" } })).toMatchObject({ resolved: 1 });
  });

  test("says which file of another build there is, and which scripts there are if none is similar", async () => {
    expect((await frameOf("main-77d0ce41.js", 0, { release: "1.0" })).miss).toMatchObject({
      reason: "other-build",
      near: ["main-3f2a91bc.js"],
    });
    expect((await frameOf("none.js", 0, { release: "pages" })).miss).toMatchObject({
      reason: "file-missing",
      sentence: 'No file similar to "~/none.js" was uploaded for release "pages". Its scripts are "app/about/page.js", "app/page.js".',
    });
    expect((await frameOf("main-3f2a91bc.js", 0, { release: "1.0", dist: "d9" })).miss).toMatchObject({ reason: "dist-differs" });
  });

  test("with a debug id that no file has is not matched by name", async () => {
    const debugIds = { [url("assets/main-3f2a91bc.js")]: "0aec15dd-aea4-52d9-b598-75cd54254902" };
    expect(await frameOf("assets/main-3f2a91bc.js", 0, { release: "1.0", debugIds })).toMatchObject({
      match: null,
      miss: { reason: "debug-id-unknown" },
    });
  });

  test("never matches files of another project, chosen or not", async () => {
    await shop.bench.given.project(organization, "other");
    const stack = `    at f (${url("assets/main-3f2a91bc.js")}:${at(build(0))})\n    at f (${url("free.js")}:${at(build(4))})`;
    const files = { "free.js": build(4).debugId ?? "" };
    const resolved = await resolveStack(shop.owner, { organization, project: "other", release: "1.0", stack, files });
    expect(resolved).toMatchObject({ resolved: 0, choices: [] });
  });
});

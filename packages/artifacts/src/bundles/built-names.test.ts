import { countedSource, incompressible } from "@landfall/testing/artifacts/counted-source";
import { type BundleParts, makeBundle } from "@landfall/testing/artifacts/make-bundle";
import { describe, expect, it } from "vitest";
import { fromBytes, readAhead } from "../archive/random-access.ts";
import { readBuiltNames } from "./built-names.ts";
import { openBundle } from "./open-bundle.ts";

const idOf = (n: number): string => `0aec15dd-aea4-52d9-b598-${n.toString(16).padStart(12, "0")}`;

type Script = { readonly tail?: string; readonly map?: object; readonly header?: string; readonly url?: string; readonly size?: number };

/** A bundle as the plugins upload it: each script is named by its debug id. */
function pluginBundle(scripts: readonly Script[]): BundleParts {
  const files = scripts.flatMap(({ tail = "", map, header, url, size = 0 }, n) => {
    const id = idOf(n);
    const name = url ?? `~/${id}-${n}.js`;
    const headers = { "debug-id": id, ...(header !== undefined && { sourcemap: header }) };
    const content = `f();${" ".repeat(size)}\n${tail}\n//# debugId=${id}`;
    return [
      [`${n}.js`, { url: name, type: "minified_source", headers, content }] as const,
      ...(map ? [[`${n}.js.map`, { url: `${name}.map`, type: "source_map", headers, content: JSON.stringify(map) }] as const] : []),
    ];
  });
  return { files: Object.fromEntries(files) };
}

async function namesOf(parts: BundleParts, maxBytes?: number) {
  const source = fromBytes(makeBundle(parts));
  return Object.fromEntries(await readBuiltNames(source, (await openBundle(source)).files, maxBytes));
}

describe("the name that a script had in its build", () => {
  it.each<[string, Script, object]>([
    ["in its comment", { tail: "//# sourceMappingURL=main-3f2a91bc.js.map" }, { name: "main-3f2a91bc.js", from: "reference" }],
    ["in its comment, with folders", { tail: "//# sourceMappingURL=../js/main.js.map?v=1" }, { name: "js/main.js", from: "reference" }],
    ["in its comment, a URL", { tail: "//# sourceMappingURL=https://e.com/js/main.js.map" }, { name: "js/main.js", from: "reference" }],
    ["in a header", { header: "main.js.map" }, { name: "main.js", from: "reference" }],
    [
      "in its comment, not in a header with its debug id",
      { header: `${idOf(0)}-0.js.map`, tail: "//# sourceMappingURL=main.js.map" },
      { name: "main.js", from: "reference" },
    ],
    ["in its map", { map: { version: 3, mappings: "", file: "js/main.js" } }, { name: "js/main.js", from: "map" }],
    ["after much code", { size: 600_000, tail: "//# sourceMappingURL=main.js.map" }, { name: "main.js", from: "reference" }],
  ])("is found %s", async (_, script, name) => {
    expect(await namesOf(pluginBundle([script]))).toEqual({ "0.js": name });
  });

  it.each<[string, Script]>([
    ["with an inline map", { tail: "//# sourceMappingURL=data:application/json,%7B%7D" }],
    ["with nothing that has a name", { map: { version: 3, mappings: "" } }],
    ["with a name that is only dots", { tail: "//# sourceMappingURL=../.map" }],
    ["that was uploaded under its own name", { url: "~/main.js", tail: "//# sourceMappingURL=main.js.map" }],
  ])("is unknown for a script %s", async (_, script) => {
    expect(await namesOf(pluginBundle([script]))).toEqual({});
  });

  it("is found by reading a bundle once, whatever the order of its maps", async () => {
    const count = 1500;
    const named = (n: number, kind: string) => ({ headers: { "debug-id": idOf(n) }, url: `~/${idOf(n)}${kind}` });
    const scripts = Array.from(
      { length: count },
      (_, n) => [`${n}.js`, { ...named(n, ".js"), type: "minified_source", content: "f()" }] as const,
    );
    // The maps of neighboring scripts are far apart.
    const maps = scripts.map((_, position) => {
      const n = (position * 1009) % count;
      const content = JSON.stringify({ file: `page-${n}.js`, mappings: "", names: [incompressible(n)] });
      return [`${n}.js.map`, { ...named(n, ".js.map"), type: "source_map", content }] as const;
    });
    const source = countedSource(makeBundle({ files: Object.fromEntries([...scripts, ...maps]) }));
    const { files } = await openBundle(source);
    const opened = source.total();
    const names = await readBuiltNames(readAhead(source, 64 * 1024), files);
    expect([names.size, names.get("7.js")]).toEqual([count, { name: "page-7.js", from: "map" }]);
    expect(source.total() - opened).toBeLessThan(1.5 * source.size);
  });

  it("has the folder of the map where several scripts have the same name", async () => {
    const tail = "//# sourceMappingURL=page.js.map";
    const scripts = [
      { tail, map: { file: "app/page.js" } },
      { tail, map: { file: "app/about/page.js" } },
      { tail, map: { file: "other.js" } },
      { tail: "//# sourceMappingURL=main.js.map", map: { file: "static/main.js" } },
    ];
    expect(Object.values(await namesOf(pluginBundle(scripts)))).toEqual([
      { name: "app/page.js", from: "map" },
      { name: "app/about/page.js", from: "map" },
      { name: "page.js", from: "reference" },
      { name: "main.js", from: "reference" },
    ]);
  });

  it("is unknown for scripts beyond the limit of bytes", async () => {
    const script = { tail: "//# sourceMappingURL=main.js.map", size: 1000 };
    expect(Object.keys(await namesOf(pluginBundle([script, script]), 1500))).toEqual(["0.js"]);
  });

  it("is unknown for a damaged script, and does not fail", async () => {
    const bytes = makeBundle(pluginBundle([{ tail: "//# sourceMappingURL=main.js.map" }]));
    const { files } = await openBundle(fromBytes(bytes));
    bytes.fill(0xff, (files[0]?.entry.offset ?? 0) + 36, (files[0]?.entry.offset ?? 0) + 60);
    expect(Object.fromEntries(await readBuiltNames(fromBytes(bytes), files))).toEqual({});
  });
});

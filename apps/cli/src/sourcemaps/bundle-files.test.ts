import { resolveReference, splitUrl } from "@landfall/artifacts/urls";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bundleFiles } from "./bundle-files.ts";
import type { FoundFile } from "./find-files.ts";

const file = (name: string): FoundFile => ({ path: `/build/${name}`, root: "/build", name });

const filesOf = (scriptName: string, mapName: string, urlPrefix: string, urlSuffix = "") =>
  bundleFiles(
    {
      scripts: [{ file: file(scriptName), debugId: "id", map: file(mapName), reference: null }],
      maps: [{ file: file(mapName), debugId: null, withoutText: [], problem: null }],
    },
    { urlPrefix, urlSuffix, stripPrefix: [], sources: new Map() },
  );

test.each([
  ["~/", "~/js/app.js"],
  ["~", "~/js/app.js"],
  ["", "~/js/app.js"],
  ["/", "~/js/app.js"],
  ["static", "~/static/js/app.js"],
  ["/static//", "~/static/js/app.js"],
  ["~/static/x/", "~/static/x/js/app.js"],
  ["https://cdn.test", "https://cdn.test/js/app.js"],
  ["app:///", "app:///js/app.js"],
])("with the prefix %j the URL is %s", (prefix, url) => {
  expect(filesOf("js/app.js", "js/app.js.map", prefix)[0]?.url).toBe(url);
});

test("uses the debug id of the script for a map without one", () => {
  expect(filesOf("a.js", "a.js.map", "~/").map(({ debugId }) => debugId)).toEqual(["id", "id"]);
});

test("refers from a script to its map for any two paths", () => {
  const segment = fc.constantFrom("a", "b", "js", "[id]", "ü", "x y");
  const name = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
  const prefix = fc.constantFrom("~/", "~/static", "https://cdn.test/x", "app:///");
  fc.assert(
    fc.property(name, name, prefix, fc.constantFrom("", "?v=1"), (script, map, urlPrefix, urlSuffix) => {
      const [planned, plannedMap] = filesOf(`${script}.js`, `${map}.map`, urlPrefix, urlSuffix);
      expect(splitUrl(planned?.url ?? "")).not.toBeNull();
      expect(resolveReference(planned?.mapReference ?? "", planned?.url ?? "")).toBe(plannedMap?.url);
    }),
  );
});

import { describe, expect, test } from "vitest";
import { mapName, missingMap, type Script } from "./missing-map.ts";

const ID = "0aec15dd-aea4-52d9-b598-75cd54254902";
const released = { hasRelease: true };
const maps = (...names: readonly string[]) => ({ debugIds: new Set([ID]), names: new Set(names) });

const script = (more: Partial<Script>): Script => ({
  url: "~/static/app.js",
  path: "files/_/_/static/app.js",
  debugId: null,
  headers: {},
  ...more,
});

describe("the source map of a minified file", () => {
  test.each<[string, Partial<Script>, readonly string[]]>([
    ["has the same debug id", { debugId: ID }, []],
    ["has the same debug id, despite another reference", { debugId: ID, headers: { sourcemap: "elsewhere.map" } }, []],
    ["is its reference", { headers: { sourcemap: "app.js.map" } }, ["~/static/app.js.map"]],
    ["is its reference in the header of older clients", { headers: { "x-sourcemap": "../app.js.map" } }, ["~/app.js.map"]],
    ["is its reference, by path if it has no URL", { url: null, path: "a/b.js", headers: { Sourcemap: "b.js.map" } }, ["~/a/b.js.map"]],
    ["is inline", { headers: { sourcemap: "data:application/json;base64,e30=" } }, []],
  ])("%s", (_name, more, names) => {
    expect(missingMap(script(more), maps(...names), released)).toBeNull();
  });

  test("has no reference", () => {
    expect(missingMap(script({}), maps("~/static/app.js.map"), released)).toEqual({ reason: "no-reference" });
  });

  test("was not uploaded", () => {
    const refers = script({ headers: { sourcemap: "app.js.map?v=1" } });
    expect(missingMap(refers, maps("~/static/app.js.map"), released)).toEqual({ reason: "missing", map: "~/static/app.js.map?v=1" });
    const other = ID.replace("0", "1");
    expect(missingMap(script({ debugId: other }), maps(), released)).toEqual({ reason: "missing", map: other });
    expect(missingMap(script({ debugId: other, headers: { sourcemap: "a.map" } }), maps(), released)).toEqual({
      reason: "missing",
      map: "~/static/a.map",
    });
  });

  test("is not needed if the file cannot be found", () => {
    expect(missingMap(script({ headers: { sourcemap: "app.js.map" } }), maps("~/static/app.js.map"), { hasRelease: false })).toEqual({
      reason: "unreachable",
    });
    expect(missingMap(script({ debugId: ID }), maps(), { hasRelease: false })).toBeNull();
  });
});

test("a file without a URL is identified by its path", () => {
  expect(mapName({ url: null, path: "dist/a.js.map" })).toBe("~/dist/a.js.map");
  expect(mapName({ url: "app:///a.js", path: "x" })).toBe("app:///a.js");
});

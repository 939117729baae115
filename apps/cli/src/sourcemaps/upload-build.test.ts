import { expect, test } from "vitest";
import type { FoundFile } from "./find-files.ts";
import type { Build, BuiltMap, BuiltScript } from "./read-build.ts";
import { checkBuild } from "./upload-build.ts";

const file = (name: string): FoundFile => ({ path: `/b/${name}`, root: "/b", name });

const script = (more: Partial<BuiltScript>): BuiltScript => ({
  file: file("a.js"),
  debugId: null,
  map: "inline",
  reference: null,
  ...more,
});

const map = (more: Partial<BuiltMap> = {}): BuiltMap => ({
  file: file("a.js.map"),
  debugId: null,
  withoutText: [],
  problem: null,
  ...more,
});

const [ONE, OTHER] = ["11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"];

test.each<[string, Build, string | null]>([
  [
    "nothing for a script with its map",
    { scripts: [script({ map: file("a.js.map"), debugId: ONE })], maps: [map({ debugId: ONE })] },
    null,
  ],
  ["nothing for an inline map", { scripts: [script({})], maps: [] }, null],
  ["a script without a map", { scripts: [script({ map: null })], maps: [] }, "has no source map."],
  [
    "a missing map",
    { scripts: [script({ map: null, reference: "x.map" })], maps: [] },
    "refers to the source map x.map, which does not exist.",
  ],
  [
    "a script and a map from different builds",
    { scripts: [script({ map: file("a.js.map"), debugId: ONE })], maps: [map({ debugId: OTHER })] },
    `has the debug id ${ONE}, but its map has ${OTHER}: they are from different builds.`,
  ],
  ["an invalid map", { scripts: [], maps: [map({ problem: "This is no source map." })] }, "cannot be used. This is no source map."],
  ["a source without text", { scripts: [], maps: [map({ withoutText: ["x.ts", "y.ts"] })] }, expect.stringContaining("the text of x.ts.")],
])("reports %s", (_, build, sentence) => {
  const sources = new Map([["/b/a.js.map", new Map([["y.ts", "/src/y.ts"]])]]);
  expect(checkBuild(build, sources).map((problem) => problem.sentence)).toEqual(sentence === null ? [] : [sentence]);
});

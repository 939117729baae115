import { describe, expect, test } from "vitest";
import { rewriteSources, sourcesWithoutText } from "./rewrite-sources.ts";

const NOTHING = { strip: [], texts: new Map<string, string>() };
const plain = { version: 3, sources: ["src/a.ts", null, "src/b.ts"], sourcesContent: ["a"], names: [], mappings: "AAAA" };
const sections = { version: 3, sections: [{ offset: { line: 0, column: 0 }, map: plain }] };

describe("sourcesWithoutText", () => {
  test.each([
    ["sources without text", plain, ["src/b.ts"]],
    ["sources of sections", sections, ["src/b.ts"]],
    ["names after sourceRoot", { ...plain, sourceRoot: "/root/", sourcesContent: undefined }, ["/root/src/a.ts", "/root/src/b.ts"]],
    ["nothing if all texts exist", { ...plain, sourcesContent: ["a", null, ""] }, []],
    ["each source once", { ...plain, sources: ["x", "x"], sourcesContent: [] }, ["x"]],
    ["nothing of an invalid map", { sources: 3, sections: "x" }, []],
  ])("finds %s", (_, map, names) => {
    expect(sourcesWithoutText(map)).toEqual(names);
  });
});

describe("rewriteSources", () => {
  test("does not change a map without matches", () => {
    for (const map of [plain, sections, { sections: [null, { map: 1 }] }, {}]) {
      expect(rewriteSources(map, NOTHING)).toBe(map);
      expect(rewriteSources(map, { strip: ["none/", ""], texts: new Map([["other", "x"]]) })).toBe(map);
    }
  });

  test("adds missing texts, and keeps existing ones", () => {
    const texts = new Map([
      ["src/a.ts", "other"],
      ["src/b.ts", "b"],
    ]);
    expect(rewriteSources(plain, { strip: [], texts })).toEqual({ ...plain, sourcesContent: ["a", null, "b"] });
    expect(rewriteSources(sections, { strip: [], texts })).toEqual({
      version: 3,
      sections: [{ offset: { line: 0, column: 0 }, map: { ...plain, sourcesContent: ["a", null, "b"] } }],
    });
  });

  test("keeps an empty text", () => {
    const map = { ...plain, sourcesContent: ["", null, ""] };
    expect(rewriteSources(map, { strip: [], texts: new Map([["src/a.ts", "x"]]) })).toBe(map);
  });

  test("removes the first matching prefix, and finds texts by the original names", () => {
    const rewrite = { strip: ["lib/", "src", "src/a"], texts: new Map([["src/b.ts", "b"]]) };
    expect(rewriteSources(plain, rewrite)).toEqual({ ...plain, sources: ["a.ts", null, "b.ts"], sourcesContent: ["a", null, "b"] });
  });
});

import { describe, expect, test } from "vitest";
import { rewriteSources, sourcesWithoutText } from "./rewrite-sources.ts";

const NOTHING = { strip: [], texts: new Map<string, string>() };
const plain = { version: 3, sources: ["src/a.ts", null, "src/b.ts"], sourcesContent: ["a"], names: [], mappings: "AAAA" };
const sections = { version: 3, sections: [{ offset: { line: 0, column: 0 }, map: plain }] };

describe("sourcesWithoutText", () => {
  test.each([
    ["what lacks its text", plain, ["src/b.ts"]],
    ["sections too", sections, ["src/b.ts"]],
    ["names behind sourceRoot", { ...plain, sourceRoot: "/root/", sourcesContent: undefined }, ["/root/src/a.ts", "/root/src/b.ts"]],
    ["nothing where all is there", { ...plain, sourcesContent: ["a", null, ""] }, []],
    ["each once", { ...plain, sources: ["x", "x"], sourcesContent: [] }, ["x"]],
    ["nothing of what is no map", { sources: 3, sections: "x" }, []],
  ])("finds %s", (_, map, names) => {
    expect(sourcesWithoutText(map)).toEqual(names);
  });
});

describe("rewriteSources", () => {
  test("leaves a map alone when nothing is to be done", () => {
    for (const map of [plain, sections, { sections: [null, { map: 1 }] }, {}]) {
      expect(rewriteSources(map, NOTHING)).toBe(map);
      expect(rewriteSources(map, { strip: ["none/", ""], texts: new Map([["other", "x"]]) })).toBe(map);
    }
  });

  test("fills in texts, and keeps those that are there", () => {
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

  test("keeps a text of no characters", () => {
    const map = { ...plain, sourcesContent: ["", null, ""] };
    expect(rewriteSources(map, { strip: [], texts: new Map([["src/a.ts", "x"]]) })).toBe(map);
  });

  test("strips the first prefix that fits, and finds texts by the names before", () => {
    const rewrite = { strip: ["lib/", "src", "src/a"], texts: new Map([["src/b.ts", "b"]]) };
    expect(rewriteSources(plain, rewrite)).toEqual({ ...plain, sources: ["a.ts", null, "b.ts"], sourcesContent: ["a", null, "b"] });
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDebugId, readMapDebugId } from "./debug-ids.ts";
import { lastComment, mapReference } from "./map-reference.ts";

const id = "0aec15dd-aea4-52d9-b598-75cd54254902";
const other = "1bd0599a-78e5-5b01-b9df-3051621807b1";
const reference = (text: string) => mapReference({ text })?.reference ?? null;

describe("the debug id of a script", () => {
  it.each([
    `f();\n//# debugId=${id}`,
    `f();\n//# debugId=${id}\n`,
    `f();\r\n//# debugId=${id}\r\n//# sourceMappingURL=a.js.map\r\n`,
    `f();\n//@ debugId=${id.toUpperCase()}  `,
    `f()//# debugId=${id}`,
    `//# debugId=${other}\n//# debugId=${id}\n`,
    `f();\n//# debugId=${id}\nvar a="//# debugId="+b;\n`,
    `//# debugId=${id}\nvar a='//# debugId=${other}';`,
    `.a{}\n/*# debugId=${id} */`,
  ])("%j", (script) => {
    expect(readDebugId(script)).toBe(id);
  });

  it.each(["", "f()", "//# debugId=", "//# debugId=main", `// debugId=${id}`, `//#debugId=${id}`, `debugId=${id}`, `"//# debugId=${id}"`])(
    "is null for %j",
    (script) => {
      expect(readDebugId(script)).toBeNull();
    },
  );

  it("is found quickly in a script designed to be slow", () => {
    expect(readDebugId("//# debugId=' ".repeat(500_000))).toBeNull();
  });
});

describe("the debug id of a map", () => {
  it("may have either name", () => {
    expect(readMapDebugId({ debugId: id })).toBe(id);
    expect(readMapDebugId({ debug_id: id.toUpperCase() })).toBe(id);
    expect(readMapDebugId({ debugId: id, debug_id: other })).toBe(id);
    expect(readMapDebugId({ debugId: "none", debug_id: other })).toBe(other);
    expect(readMapDebugId({ debugId: 5 })).toBeNull();
    expect(readMapDebugId([])).toBeNull();
  });
});

describe("the map reference of a script", () => {
  it.each([
    ["f();\n//# sourceMappingURL=a.js.map", "a.js.map"],
    ["f();\n//@ sourceMappingURL=a.js.map\n\n", "a.js.map"],
    [".a{}\n/*# sourceMappingURL=a.css.map */\n", "a.css.map"],
    ["//# sourceMappingURL=old.map\n//# sourceMappingURL=new.map", "new.map"],
    ["//# sourceMappingURL=a.js.map\nvar s='//# sourceMappingURL=x';", "a.js.map"],
    ["//# sourceMappingURL=data:application/json;base64,e30=", "data:application/json;base64,e30="],
  ])("%j", (text, expected) => {
    expect(reference(text)).toBe(expected);
  });

  it.each([
    "",
    "f()",
    "//# sourceMappingURL=",
    "//# sourceMappingURL= a.map b",
    'var s="//# sourceMappingURL=x";',
    "/*# sourceMappingURL=a.map",
  ])("is null for %j", (text) => {
    expect(reference(text)).toBeNull();
  });

  it("is taken from the headers first", () => {
    const text = "//# sourceMappingURL=comment.map";
    expect(mapReference({ text, headers: { "X-SourceMap": "old.map" } })).toEqual({
      reference: "old.map",
      from: "header",
      isInline: false,
    });
    expect(mapReference({ text, headers: { "X-SourceMap": "old.map", SourceMap: " new.map " } })?.reference).toBe("new.map");
    expect(mapReference({ text, headers: { Sourcemap: "" } })).toEqual({ reference: "comment.map", from: "comment", isInline: false });
    expect(mapReference({ headers: { "content-type": "text/javascript" } })).toBeNull();
    expect(mapReference({ text: "//# sourceMappingURL=DATA:application/json,{}" })?.isInline).toBe(true);
  });

  it("is found at the end of any script", () => {
    fc.assert(
      fc.property(fc.string(), fc.stringMatching(/^[\w./-]{1,20}$/), (script, map) => {
        const text = `${script}\n//# sourceMappingURL=${map}\n`;
        const comment = lastComment(text, "sourceMappingURL");
        expect(comment?.value).toBe(map);
        expect(text.slice(comment?.start, comment?.end)).toBe(`//# sourceMappingURL=${map}`);
      }),
    );
  });
});

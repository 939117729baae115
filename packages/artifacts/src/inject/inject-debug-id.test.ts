import { runInNewContext } from "node:vm";
import { decodedMappings, encodedMappings, presortedDecodedMap } from "@jridgewell/trace-mapping";
import { transform } from "esbuild";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contentId, readDebugId, readMapDebugId } from "../debug-ids.ts";
import { mapReference } from "../map-reference.ts";
import { decodeDataUrl, parseMapJson, parseSourceMap } from "../maps/parse-source-map.ts";
import { resolvePosition } from "../maps/resolve-position.ts";
import { parseStack } from "../stacks.ts";
import { injectDebugId } from "./inject-debug-id.ts";
import { type Insertion, shiftMap } from "./shift-map.ts";

const id = "0aec15dd-aea4-52d9-b598-75cd54254902";
const plainMap = '{"version":3,"sources":["a.ts"],"names":[],"mappings":"AAAA;AACA"}';

/** The debug ids by file that an SDK finds after a script ran. */
function debugIdsAfter(script: string, filename = "https://e.com/app.js"): [file: string | null, debugId: unknown][] {
  const ids: unknown = runInNewContext(`${script}\n;globalThis._sentryDebugIds`, {}, { filename });
  return Object.entries(ids ?? {}).map(([stack, debugId]) => {
    const top = parseStack(stack).find((line) => line.kind === "frame");
    return [top?.url ?? null, debugId];
  });
}

describe("a script with an injected debug id", () => {
  it("has it at run time, in a comment, and in its map", () => {
    const { debugId, script, map, isScriptChanged, isMapChanged } = injectDebugId({
      script: "f=1;\n//# sourceMappingURL=a.js.map\n",
      map: plainMap,
    });
    expect(script.split("\n").slice(1)).toEqual(["f=1;", "//# sourceMappingURL=a.js.map", `//# debugId=${debugId}`, ""]);
    expect(readDebugId(script)).toBe(debugId);
    expect(JSON.parse(map ?? "")).toEqual({ version: 3, sources: ["a.ts"], names: [], mappings: ";AAAA;AACA", debug_id: debugId, debugId });
    expect([isScriptChanged, isMapChanged]).toEqual([true, true]);
    expect(debugIdsAfter(script)).toEqual([["https://e.com/app.js", debugId]]);
  });

  it("has an id from its content and its map's", () => {
    const ids = [
      injectDebugId({ script: "a", map: plainMap }),
      injectDebugId({ script: "b", map: plainMap }),
      injectDebugId({ script: "a", map: plainMap.replace("a.ts", "b.ts") }),
      injectDebugId({ script: "a", map: null }),
    ].map(({ debugId }) => debugId);
    expect(new Set(ids).size).toBe(4);
    expect(ids[0]).toBe(contentId("a", plainMap));
    expect(injectDebugId({ script: "a", map: plainMap }).debugId).toBe(ids[0]);
  });

  it("keeps the id of the script or its map", () => {
    const inScript = injectDebugId({ script: `f()\n//# debugId=${id}\n//# sourceMappingURL=a.js.map`, map: plainMap });
    expect(inScript.debugId).toBe(id);
    expect(inScript.script.match(/debugId=/g)).toHaveLength(1);
    expect(readMapDebugId(JSON.parse(inScript.map ?? "") as object)).toBe(id);
    const inMap = injectDebugId({ script: "f()", map: plainMap.replace("}", `,"debug_id":"${id.toUpperCase()}"}`) });
    expect(inMap.debugId).toBe(id);
    expect(readDebugId(inMap.script)).toBe(id);
  });

  it("keeps the script's id if its map has another", () => {
    const { debugId, map } = injectDebugId({ script: `//# debugId=${id}`, map: plainMap.replace("}", `,"debugId":"${contentId("x")}"}`) });
    expect(debugId).toBe(id);
    expect(JSON.parse(map ?? "")).toMatchObject({ debugId: id, debug_id: id });
  });

  it("is not changed after another tool", () => {
    const script = `!function(){try{e._sentryDebugIds[n]="${id}"}catch(e){}}();\nf();\n//# debugId=${id}\n`;
    const map = plainMap.replace("}", `,"debugId":"${id}"}`);
    expect(injectDebugId({ script, map })).toEqual({ debugId: id, script, map, isScriptChanged: false, isMapChanged: false });
    expect(injectDebugId({ script, map: plainMap })).toMatchObject({ isScriptChanged: false, isMapChanged: true });
  });

  it("may have an inline map", async () => {
    const { code } = await transform('"use strict";\nthrow new Error("x" as string)', {
      loader: "ts",
      sourcemap: "inline",
      sourcefile: "a.ts",
    });
    const { script, map, debugId, isMapChanged } = injectDebugId({ script: code, map: null });
    const reference = mapReference({ text: script })?.reference ?? "";
    const inside = parseSourceMap(decodeDataUrl(reference));
    expect([map, isMapChanged, inside.debugId]).toEqual([null, false, debugId]);
    const line = script.split("\n").findIndex((text) => text.startsWith("throw")) + 1;
    expect(resolvePosition(inside, { line, column: 7 })).toMatchObject({ source: "a.ts", line: 2, column: 7 });
    expect(injectDebugId({ script, map: null }).isScriptChanged).toBe(false);
  });

  it("rejects an invalid map", () => {
    expect(() => injectDebugId({ script: "f()", map: "<html>" })).toThrow(/not a source map/);
    expect(() => injectDebugId({ script: "f()", map: '{"version":3}' })).toThrow(/no mappings/);
    expect(() => injectDebugId({ script: "f()", map: '{"version":3,"sections":[{}]}' })).toThrow(/no offset/);
  });
});

describe("scripts of all kinds", () => {
  const scripts = [
    "f = 1",
    "",
    "#!/usr/bin/env node\nf = 1",
    "\ufeff// x\nf = 1",
    '"use strict";var f = () => this === undefined',
    '/* a */ "use strict" /* b */; // c\nvar f = 1',
    "'use client'\n\"use strict\"\nvar f = 1",
    '"use strict"',
    '"use strict"\r\n\r\nvar f = 1;\r\n',
    '"a" + "b"; var f = 1',
    '"a"\n.length; var f = 1',
    '"a"\n/* x */ [0]; var f = 1',
    '("use strict"); var f = 1',
    "`a`; var f = 1",
    "// a comment\n/* and another\n*/ var f = 1",
    '"it\\"s";var f = 1//# sourceMappingURL=a.js.map',
    "'a'in{a:1}; var f = 1",
    '"a" in {a:1}; var f = 1',
    '"a" !== f; var f = 1',
    '"use strict"; "use asm"; var f = 1;',
    "var f = 1 // end",
    "var f = 1\n/*\n*/",
  ];

  it.each(scripts)("%j runs as before, and has its id", (script) => {
    const injected = injectDebugId({ script, map: null });
    const run = (text: string): unknown => runInNewContext(`${text}\n;typeof f + (function () { return this === undefined })()`);
    expect(run(injected.script)).toBe(run(script));
    expect(debugIdsAfter(injected.script)).toEqual([["https://e.com/app.js", injected.debugId]]);
    expect(readDebugId(injected.script)).toBe(injected.debugId);
  });

  it.each([" ", "\n", "//\n", "/**/", "/*", "'a';", "'a", "x"])("of any length, repeating %j", (part) => {
    const script = part.repeat(2_000_000 / part.length);
    expect(injectDebugId({ script: `${script}\nf()`, map: null }).script).toContain("_sentryDebugIds");
    expect(injectDebugId({ script: `'${script}'`, map: null }).script).toContain("_sentryDebugIds");
  });

  it.each(scripts)("%j does not change when injected twice", (script) => {
    const map = plainMap;
    const once = injectDebugId({ script, map });
    const second = injectDebugId({ script: once.script, map: once.map });
    expect(second).toEqual({ ...once, isScriptChanged: false, isMapChanged: false });
  });

  it.each(["#!/usr/bin/env node", '"use strict"', "/* x */ 'use client'; 'use strict';", "#!/bin/node\r\n'use strict' // x", ""])(
    "%j before code keeps every position of the map",
    async (prefix) => {
      for (const separator of prefix === "" ? [""] : ["\n", ";\n", "\r\n", ";", "; "]) {
        if (prefix.startsWith("#!") && !prefix.includes("'") && separator.startsWith(";")) continue;
        const source = 'export function pay(cart: number[]) { throw new RangeError("too dear" + cart.length) }\npay([1])';
        const built = await transform(source, { loader: "ts", sourcemap: true, sourcefile: "pay.ts", minify: true, format: "iife" });
        const code = prefix + separator + built.code;
        const head = prefix + separator;
        const [lines, columns] = [head.split("\n").length - 1, head.length - head.lastIndexOf("\n") - 1];
        const map = { ...(JSON.parse(built.map) as object), mappings: ";".repeat(lines) + shiftFirst(built.map, columns) };
        const injected = injectDebugId({ script: code, map: JSON.stringify(map) });
        const at = (text: string, needle: string) => {
          const before = text.slice(0, text.indexOf(needle)).split("\n");
          return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
        };
        for (const needle of ["throw", "new RangeError", '"too dear"', ".length"]) {
          const original = resolvePosition(parseSourceMap(JSON.stringify(map)), at(code, needle));
          const found = resolvePosition(parseSourceMap(injected.map ?? ""), at(injected.script, needle));
          expect(original.isFound).toBe(true);
          expect(found).toEqual(original);
        }
      }
    },
  );
});

/** The mappings of a built file whose first line begins `columns` later: they become sections, and are read as one map. */
function shiftFirst(map: string, columns: number): string {
  const sections = [{ offset: { line: 0, column: columns }, map: JSON.parse(map) as object }];
  return encodedMappings(parseSourceMap(JSON.stringify({ version: 3, sections })).trace);
}

describe("a shifted map", () => {
  const segment = fc.tuple(fc.nat(60), fc.nat(2), fc.nat(50), fc.nat(50));
  const line = fc.uniqueArray(segment, { selector: ([column]) => column, maxLength: 6 }).map((one) => one.toSorted((a, b) => a[0] - b[0]));
  const lines = fc.array(line, { minLength: 1, maxLength: 5 });
  const insertion = fc.record({ line: fc.nat(6), column: fc.nat(70), lines: fc.integer({ min: 1, max: 3 }) });
  const sources = ["a.ts", "b.ts", "c.ts"];
  const encoded = (mappings: [number, number, number, number][][]) =>
    encodedMappings(presortedDecodedMap({ version: 3, sources, names: [], mappings }));

  it("has every segment at the new position of its code", () => {
    fc.assert(
      fc.property(lines, insertion, (mappings, at) => {
        const shifted = parseSourceMap(JSON.stringify(shiftMap({ version: 3, sources, names: [], mappings: encoded(mappings) }, at)));
        for (const [number, segments] of mappings.entries()) {
          for (const [column, source, sourceLine, sourceColumn] of segments) {
            const place = moved(at, number, column);
            const expected = { isFound: true, source: sources[source], line: sourceLine + 1, column: sourceColumn };
            expect(resolvePosition(shifted, { line: place.line + 1, column: place.column, columnBase: 0 })).toMatchObject(expected);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it("has its sections at the new position of their code", () => {
    const offsets = fc.tuple(fc.nat(3), fc.nat(70)).map(([number, column]) => ({ line: number, column }));
    fc.assert(
      fc.property(offsets, line, line, insertion, (offset, first, second, at) => {
        const sections = [
          { offset: { line: 0, column: 0 }, map: { version: 3, sources, names: [], mappings: encoded([first]) } },
          {
            offset: { line: offset.line + 1, column: offset.column },
            map: { version: 3, sources, names: [], mappings: encoded([second, second]) },
          },
        ];
        const original = parseSourceMap(JSON.stringify({ version: 3, sections }));
        const shifted = parseSourceMap(JSON.stringify(shiftMap({ version: 3, sections }, at)));
        for (let number = 0; number < 6; number += 1) {
          for (const [column] of decodedMappings(original.trace)[number] ?? []) {
            const place = moved(at, number, column);
            const there = resolvePosition(shifted, { line: place.line + 1, column: place.column, columnBase: 0 });
            expect(there).toEqual(resolvePosition(original, { line: number + 1, column, columnBase: 0 }));
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  function moved(at: Insertion, number: number, column: number) {
    if (number < at.line || (number === at.line && column < at.column)) return { line: number, column };
    return { line: number + at.lines, column: number === at.line ? column - at.column : column };
  }

  it("keeps unknown properties", () => {
    const map = { version: 3, file: "a.js", x_custom: [1], sources: [], names: [], mappings: "" };
    expect(shiftMap(map, { line: 0, column: 0, lines: 1 })).toEqual({ ...map, mappings: ";" });
    expect(parseMapJson(")]}'\n{}")).toEqual({});
  });
});

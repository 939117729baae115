import { runInNewContext } from "node:vm";
import { encodedMappings, TraceMap } from "@jridgewell/trace-mapping";
import { build, transform } from "esbuild";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeDataUrl, isMapProblem, mapLimits, parseSourceMap } from "./parse-source-map.ts";
import { resolvePosition } from "./resolve-position.ts";

const source = `interface Cart { readonly items: number[] }

/** Throws an error. */
export function checkout(cart: Cart): number {
  const total = cart.items.reduce((sum, item) => sum + item, 0);
  if (total > 100) throw new RangeError("too dear");
  return total;
}
`;

/** Line and column of a text in a file, both 1-based. */
function positionOf(text: string, needle: string) {
  const at = text.indexOf(needle);
  const before = text.slice(0, at).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

async function bundled(entry = source) {
  const result = await build({
    stdin: { contents: entry, sourcefile: "src/checkout.ts", loader: "ts" },
    bundle: true,
    minify: true,
    format: "iife",
    globalName: "shop",
    sourcemap: "external",
    outfile: "out.js",
    write: false,
  });
  const [map, script] = result.outputFiles.toSorted((a, b) => b.path.length - a.path.length);
  return { script: script?.text ?? "", map: map?.text ?? "" };
}

describe("a real bundle", () => {
  it("resolves to the original position, with the lines around it", async () => {
    const { script, map } = await bundled();
    const parsed = parseSourceMap(map);
    const thrown = resolvePosition(parsed, positionOf(script, "new RangeError"), 2);
    expect(thrown).toEqual({
      isFound: true,
      source: "src/checkout.ts",
      ...positionOf(source, "new RangeError"),
      name: null,
      context: {
        firstLine: 4,
        before: source.split("\n").slice(3, 5),
        line: '  if (total > 100) throw new RangeError("too dear");',
        lineStart: 0,
        after: ["  return total;", "}"],
      },
    });
    expect(parsed).toMatchObject({ sources: ["src/checkout.ts"], contentCount: 1, debugId: null });
  });

  it("returns the original name of an identifier", async () => {
    const { script, map } = await bundled();
    const [, minified = ""] = /function (\w)\(/.exec(script) ?? [];
    const declared = resolvePosition(parseSourceMap(map), positionOf(script, `function ${minified}(`));
    const resolved = resolvePosition(parseSourceMap(map), {
      ...positionOf(script, `function ${minified}(`),
      column: positionOf(script, `function ${minified}(`).column + 9,
    });
    expect(declared).toMatchObject({ isFound: true, line: 4 });
    expect(resolved).toMatchObject({ isFound: true, line: 4, name: "checkout" });
  });

  it("uses the position that a browser reports, or the one before it for tools that count from 0", async () => {
    const { script, map } = await bundled();
    const parsed = parseSourceMap(map);
    const { line, column } = positionOf(script, "new RangeError");
    const oneBased = resolvePosition(parsed, { line, column });
    const zeroBased = resolvePosition(parsed, { line, column: column - 1, columnBase: 0 });
    expect(oneBased).toMatchObject({ isFound: true, line: 6, column: 26 });
    expect(zeroBased).toMatchObject({ isFound: true, line: 6, column: 25 });
    // The statement before begins at an earlier segment, which an offset of one would return.
    expect(resolvePosition(parsed, { line, column: column - 1 })).not.toMatchObject({ column: 26 });
  });

  it("runs, throws, and its stack resolves to the line that threw", async () => {
    const { script, map } = await bundled();
    const stack: unknown = runInNewContext(
      `${script}; try { shop.checkout({items:[200]}) } catch (error) { error.stack }`,
      {},
      { filename: "app.js" },
    );
    const [, line, column] = /app\.js:(\d+):(\d+)\)/.exec(String(stack)) ?? [];
    const resolved = resolvePosition(parseSourceMap(map), { line: Number(line), column: Number(column) });
    expect(resolved).toMatchObject({ source: "src/checkout.ts", line: 6, column: 26 });
  });

  it("is read from an inline map", async () => {
    const { code } = await transform(source, { loader: "ts", sourcemap: "inline", sourcefile: "checkout.ts" });
    const inline = code.slice(code.lastIndexOf("data:")).trim();
    expect(resolvePosition(parseSourceMap(decodeDataUrl(inline)), positionOf(code, "new RangeError"))).toMatchObject({
      source: "checkout.ts",
      line: 6,
    });
  });

  it("resolves through sections, with shifted lines and columns", async () => {
    const { script, map } = await bundled();
    const shifted = `/* first */ let a;\nlet b; ${script}`;
    const first = { version: 3, sources: ["first.ts"], names: [], mappings: "AAAA", sourcesContent: ["let a;"] };
    const sections = [
      { offset: { line: 0, column: 12 }, map: first },
      { offset: { line: 1, column: 7 }, map: JSON.parse(map) as object },
    ];
    const parsed = parseSourceMap(JSON.stringify({ version: 3, sections }));
    expect(resolvePosition(parsed, positionOf(shifted, "new RangeError"))).toMatchObject({
      source: "src/checkout.ts",
      line: 6,
      column: 26,
    });
    expect(resolvePosition(parsed, { line: 1, column: 13 })).toMatchObject({
      source: "first.ts",
      line: 1,
      column: 1,
      context: { line: "let a;" },
    });
    expect(resolvePosition(parsed, { line: 1, column: 12 })).toEqual({ isFound: false, why: "outside" });
    expect(parsed.contentCount).toBe(2);
  });
});

const map = (fields: object = {}) => JSON.stringify({ version: 3, sources: ["a.ts"], names: [], mappings: "AAAA", ...fields });

describe("a map", () => {
  it("may begin with a line that prevents running it, or with a byte order mark", () => {
    for (const prefix of [")]}'\n", ")]}\n", ")]}',\n", "\ufeff"]) {
      expect(parseSourceMap(prefix + map()).sources).toEqual(["a.ts"]);
      expect(parseSourceMap(Buffer.from(prefix + map())).sources).toEqual(["a.ts"]);
    }
  });

  it("has its debug id, and its sources with their root", () => {
    const id = "0aec15dd-aea4-52d9-b598-75cd54254902";
    expect(parseSourceMap(map({ debug_id: id, sourceRoot: "webpack://app/" }))).toMatchObject({
      debugId: id,
      sources: ["webpack://app/a.ts"],
    });
  });

  it("returns null without any text, or without the text of a source", () => {
    expect(resolvePosition(parseSourceMap(map()), { line: 1, column: 1 })).toMatchObject({ isFound: true, context: null });
    const partly = parseSourceMap(map({ sources: ["a.ts", "b.ts"], sourcesContent: [null, "b"], mappings: "AAAA,CCAA" }));
    expect(partly.contentCount).toBe(1);
    expect(resolvePosition(partly, { line: 1, column: 1 })).toMatchObject({ source: "a.ts", context: null });
    expect(resolvePosition(partly, { line: 1, column: 2 })).toMatchObject({ source: "b.ts", context: { line: "b" } });
  });

  it("distinguishes sources with the same name", () => {
    const twins = parseSourceMap(map({ sources: ["a.ts", "a.ts"], sourcesContent: ["first", "second"], mappings: "AAAA,CCAA" }));
    expect(resolvePosition(twins, { line: 1, column: 2 })).toMatchObject({ context: { line: "second" } });
  });

  it("uses the first position of a line if there is no column", () => {
    const parsed = parseSourceMap(map({ mappings: ";E,IAEA" }));
    expect(resolvePosition(parsed, { line: 2, column: null })).toMatchObject({ isFound: true, line: 3, column: 1 });
    expect(resolvePosition(parsed, { line: 1, column: null })).toEqual({ isFound: false, why: "outside" });
  });

  it.each([
    { at: { line: 3, column: 1 }, why: "outside" },
    { at: { line: 1_000_000_000, column: 1 }, why: "outside" },
    { at: { line: 0, column: 1 }, why: "outside" },
    { at: { line: -1, column: 1 }, why: "outside" },
    { at: { line: 1.5, column: 1 }, why: "outside" },
    { at: { line: Number.NaN, column: 1 }, why: "outside" },
    { at: { line: 2, column: 0 }, why: "outside" },
    { at: { line: 2, column: Number.NaN }, why: "outside" },
    { at: { line: 2, column: 2 }, why: "outside" },
    { at: { line: 2, column: 4 }, why: "unmapped" },
  ] as const)("does not resolve $at", ({ at, why }) => {
    expect(resolvePosition(parseSourceMap(map({ mappings: ";E" })), at)).toEqual({ isFound: false, why });
  });

  it.each([
    { input: "", code: "not-a-map" },
    { input: "<html>", code: "not-a-map" },
    { input: "null", code: "not-a-map" },
    { input: "[]", code: "not-a-map" },
    { input: "{}", code: "not-a-map" },
    { input: '{"version":2}', code: "not-a-map" },
    { input: ")]}'", code: "not-a-map" },
    { input: map({ mappings: [[[0, 0, 0, 0]]] }), code: "not-a-map" },
    { input: map({ sources: "a.ts" }), code: "not-a-map" },
    { input: map({ sourcesContent: {} }), code: "not-a-map" },
    { input: map({ sections: {} }), code: "not-a-map" },
    { input: map({ sections: [{ offset: { line: 0, column: 0 }, url: "x" }] }), code: "not-a-map" },
    { input: map({ sections: [{ offset: { line: 0, column: 0 }, map: { version: 3, sections: [] } }] }), code: "not-a-map" },
    { input: map({ sections: [{ offset: { line: -1, column: 0 }, map: {} }] }), code: "damaged" },
    { input: map({ sections: [{ offset: { line: 4e9, column: 0 }, map: {} }] }), code: "damaged" },
    {
      input: map({ sections: [1, 0].map((line) => ({ offset: { line, column: 0 }, map: JSON.parse(map()) as object })) }),
      code: "damaged",
    },
    { input: map({ mappings: ";".repeat(2_000_001) }), code: "too-large" },
    { input: "[".repeat(10_000_000), code: "too-large" },
    { input: Buffer.from(`{"names":[${"0,".repeat(5_000_000)}0]}`), code: "too-large" },
    {
      input: map({ sections: [{ offset: { line: 1_999_999, column: 0 }, map: JSON.parse(map({ mappings: ";;" })) as object }] }),
      code: "too-large",
    },
  ])("is rejected: $code ($input)", ({ input, code }) => {
    try {
      parseSourceMap(input);
      expect.unreachable();
    } catch (error) {
      expect(isMapProblem(error) ? error.code : error).toBe(code);
    }
  });

  it("is limited in its bytes and its mappings", () => {
    const text = map({ mappings: "AAAA,CAAC" });
    expect(() => parseSourceMap(text, { ...mapLimits, bytes: text.length - 1 })).toThrow(/has \d+ bytes; the limit is/);
    expect(() => parseSourceMap(text, { ...mapLimits, mappings: 8 })).toThrow(/more mappings than can be read/);
    expect(parseSourceMap(text, { ...mapLimits, bytes: text.length, mappings: 9 }).sources).toEqual(["a.ts"]);
    const sections = [0, 1].map((line) => ({ offset: { line, column: 0 }, map: JSON.parse(text) as object }));
    expect(() => parseSourceMap(map({ sections }), { ...mapLimits, mappings: 17 })).toThrow(/more mappings than can be read/);
    expect(() => parseSourceMap(map({ sections }), { ...mapLimits, sections: 1 })).toThrow(/not a source map/);
  });

  it("resolves any mappings, or returns why not", () => {
    const mappings = fc.oneof(fc.stringMatching(/^[A-Za-z0-9+/,;]{0,40}$/), fc.string());
    const position = fc.record({ line: fc.integer({ min: -1, max: 5 }), column: fc.option(fc.integer({ min: -1, max: 50 })) });
    fc.assert(
      fc.property(mappings, position, fc.array(fc.option(fc.string())), (text, at, sources) => {
        const resolution = resolvePosition(parseSourceMap(map({ mappings: text, sources, sourcesContent: ["a\nb"] })), at);
        if (resolution.isFound) expect(resolution.line >= 1 && resolution.column >= 1 && sources.length > 0).toBe(true);
        else expect(["outside", "unmapped"]).toContain(resolution.why);
      }),
      { numRuns: 500 },
    );
  });

  it("returns the encoded mappings", () => {
    const segment = fc.tuple(fc.nat(200), fc.nat(2), fc.nat(500), fc.nat(100));
    fc.assert(
      fc.property(
        fc.array(fc.uniqueArray(segment, { selector: ([column]) => column, maxLength: 8 }), { minLength: 1, maxLength: 5 }),
        (lines) => {
          const sorted = lines.map((line) => line.toSorted((a, b) => a[0] - b[0]));
          const sources = ["a.ts", "b.ts", "c.ts"];
          const encoded = encodedMappings(new TraceMap({ version: 3, sources, names: [], mappings: sorted }));
          const parsed = parseSourceMap(map({ sources, mappings: encoded }));
          for (const [index, line] of sorted.entries()) {
            for (const [column, sourceIndex, sourceLine, sourceColumn] of line) {
              const expected = { isFound: true, source: sources[sourceIndex], line: sourceLine + 1, column: sourceColumn + 1 };
              expect(resolvePosition(parsed, { line: index + 1, column: column + 1 })).toMatchObject(expected);
            }
          }
        },
      ),
    );
  });
});

describe("an inline map", () => {
  it("is base64 or percent-encoded", () => {
    expect(
      Buffer.from(decodeDataUrl(`data:application/json;charset=utf-8;base64,${Buffer.from("{}").toString("base64")}`)).toString(),
    ).toBe("{}");
    expect(Buffer.from(decodeDataUrl("data:application/json,%7B%22a%22%3A%22é%22}")).toString()).toBe('{"a":"é"}');
    expect(Buffer.from(decodeDataUrl("DATA:;BASE64,e30")).toString()).toBe("{}");
  });

  it("is rejected if it is invalid or too large", () => {
    expect(() => decodeDataUrl("a.js.map")).toThrow(/not a data: URL/);
    expect(() => decodeDataUrl("data:application/json,%")).toThrow(/not encoded correctly/);
    expect(() => decodeDataUrl("data:,abcd", 3)).toThrow(/larger than 3 bytes/);
    expect(() => decodeDataUrl("data:;base64,AAAAAAAA", 3)).toThrow(/larger than 3 bytes/);
    expect(decodeDataUrl("data:;base64,AAAA", 3)).toHaveLength(3);
  });
});

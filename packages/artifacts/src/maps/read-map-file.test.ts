import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readMapFile } from "./read-map-file.ts";

/** The bytes of a text in chunks of `size` bytes. */
async function* chunksOf(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

describe("the file of a source map", () => {
  it.each([
    ["first", '{"version":3,"file":"main.js","mappings":"AAAA"}', "main.js"],
    [
      "last",
      '{"version":3,"mappings":"AAAA","sourcesContent":["\\"file\\":\\"no.js\\",{"],"file":"static/js/main.js"}',
      "static/js/main.js",
    ],
    ["with escapes", String.raw`{"file":"a\"\\b\u00e9.js"}`, 'a"\\bé.js'],
    ["with spaces around it", '{ "file" : "main.js" }', "main.js"],
    ["only of a section", '{"version":3,"sections":[{"map":{"file":"no.js"}}]}', null],
    ["only as a value", '{"name":"file","sources":["main.js"]}', null],
    ["a number", '{"file":3,"names":["no.js"]}', null],
    ["empty", '{"file":""}', null],
    ["too long", `{"file":"${"x".repeat(5000)}"}`, null],
    ["missing", '{"version":3}', null],
    ["in an array", '["file","main.js"]', null],
    ["cut off", '{"file":"main.j', null],
    ["in HTML", "<html>", null],
  ])("is read: %s", async (_, text, file) => {
    for (const size of [1, 2, 3, 7, 10_000]) expect(await readMapFile(chunksOf(text, size))).toBe(file);
  });

  it("is what JSON.parse returns, for any object in any chunks", async () => {
    const json = fc.dictionary(fc.oneof(fc.constant("file"), fc.constant("names"), fc.string()), fc.oneof(fc.string(), fc.jsonValue()), {
      noNullPrototype: true,
    });
    await fc.assert(
      fc.asyncProperty(json, fc.integer({ min: 1, max: 20 }), async (map, size) => {
        const { file } = JSON.parse(JSON.stringify(map));
        const expected = typeof file === "string" && file !== "" ? file : null;
        expect(await readMapFile(chunksOf(JSON.stringify(map), size))).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it("stops to read where it is", async () => {
    let read = 0;
    async function* endless() {
      yield Buffer.from('{"file":"main.js",');
      for (;;) {
        read += 1;
        yield Buffer.from('"x":1,');
      }
    }
    expect(await readMapFile(endless())).toBe("main.js");
    expect(read).toBe(0);
  });
});

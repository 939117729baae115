import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { functionNames, parseStack } from "./stacks.ts";

/** The parsed line as "function url line column", with - for null; or null for text. */
function read(line: string): string | null {
  const [parsed] = parseStack(line);
  if (parsed?.kind !== "frame") return null;
  return [parsed.functionName, parsed.url, parsed.line, parsed.column].map((part) => part ?? "-").join(" ");
}

describe("a frame", () => {
  it.each([
    // Chrome, Edge, Node
    ["    at checkout (https://e.com/app.js:1:42)", "checkout https://e.com/app.js 1 42"],
    ["    at https://e.com/app.js:1:42", "- https://e.com/app.js 1 42"],
    ["    at async pay (https://e.com/app.js:1:42)", "pay https://e.com/app.js 1 42"],
    ["    at async https://e.com/app.js:1:42", "- https://e.com/app.js 1 42"],
    ["    at new Cart (https://e.com/app.js:1:42)", "Cart https://e.com/app.js 1 42"],
    ["    at Object.pay [as run] (https://e.com/app.js:1:42)", "Object.pay [as run] https://e.com/app.js 1 42"],
    ["    at Object.<anonymous> (/srv/app/dist/index.js:3:7)", "Object.<anonymous> /srv/app/dist/index.js 3 7"],
    ["    at <anonymous>:1:7", "- <anonymous> 1 7"],
    ["    at <anonymous>", "- - - -"],
    ["    at Array.map (<anonymous>)", "Array.map - - -"],
    ["    at Array.forEach (native)", "Array.forEach - - -"],
    ["    at async Promise.all (index 0)", "Promise.all - - -"],
    ["    at eval (eval at run (https://e.com/app.js:1:42), <anonymous>:3:9)", "eval https://e.com/app.js 1 42"],
    ["    at f (eval at a (eval at b (https://e.com/app.js:1:42), <anonymous>:1:1), <anonymous>:3:9)", "f https://e.com/app.js 1 42"],
    ["    at Page (webpack-internal:///(rsc)/./app/page.tsx:12:9)", "Page webpack-internal:///(rsc)/./app/page.tsx 12 9"],
    ["    at load (https://e.com/my app (1).js:1:42)", "load https://e.com/my app (1).js 1 42"],
    ["    at Module._compile (node:internal/modules/cjs/loader:1554:14)", "Module._compile node:internal/modules/cjs/loader 1554 14"],
    ["    at f (C:\\app\\index.js:3:7)", "f C:\\app\\index.js 3 7"],
    ["    at C:\\my app\\index.js:3:7", "- C:\\my app\\index.js 3 7"],
    ["    at file:///srv/app/index.mjs:3:7", "- file:///srv/app/index.mjs 3 7"],
    ["    at pay (address at index.android.bundle:1:9912)", "pay index.android.bundle 1 9912"],
    ["    at f (app:///index.bundle:1:9912)\r", "f app:///index.bundle 1 9912"],
    ["    at f (blob:https://e.com/0aec15dd:1:2)", "f blob:https://e.com/0aec15dd 1 2"],
    ["\tat #secret (https://e.com/app.js?v=1:1:42)", "#secret https://e.com/app.js?v=1 1 42"],
    // Firefox
    ["checkout@https://e.com/app.js:1:42", "checkout https://e.com/app.js 1 42"],
    ["@https://e.com/app.js:1:42", "- https://e.com/app.js 1 42"],
    ["pay/<@https://e.com/app.js:1:42", "pay/< https://e.com/app.js 1 42"],
    ["async*pay@https://e.com/app.js:1:42", "pay https://e.com/app.js 1 42"],
    ["promise callback*pay@https://e.com/app.js:1:42", "pay https://e.com/app.js 1 42"],
    ["setTimeout handler*@https://e.com/app.js:1:42", "- https://e.com/app.js 1 42"],
    ["f@https://e.com/app.js line 12 > eval:1:7", "f https://e.com/app.js 12 -"],
    ["f@https://e.com/app.js line 12 > Function line 3 > eval:1:7", "f https://e.com/app.js 12 -"],
    ["f@https://cdn.com/npm/lib@1.2.3/x.js:1:42", "f https://cdn.com/npm/lib@1.2.3/x.js 1 42"],
    ["f@resource://gre/modules/x.jsm:1:42", "f resource://gre/modules/x.jsm 1 42"],
    // Safari
    ["global code@https://e.com/app.js:1:42", "- https://e.com/app.js 1 42"],
    ["map@[native code]", "map - - -"],
    ["[native code]", "- - - -"],
    ["https://cdn.com/npm/lib@1.2.3/x.js:1:42", "- https://cdn.com/npm/lib@1.2.3/x.js 1 42"],
    ["pay@app:///index.bundle:1:42", "pay app:///index.bundle 1 42"],
    ["pay@main.jsbundle:1:42", "pay main.jsbundle 1 42"],
    // A console's list of calls
    ["checkout @ app.js:12", "checkout app.js 12 -"],
    ["(anonymous) @ app.js:12:7", "- app.js 12 7"],
  ])("%s", (line, expected) => {
    expect(read(line)).toBe(expected);
  });

  it.each([
    "",
    "TypeError: x is not a function",
    "RangeError: too dear at 12:30",
    "at 10:30 the job failed",
    "at last",
    "at the door (left):",
    "at the door (left)",
    "Mail bob@example.com about this",
    "Mail bob@example.com:80:1",
    "bob@example.com",
    "Caused by: Error: https://e.com returned 500",
    "https://e.com/app.js",
    "f@https://e.com/app.js",
    "  at f (https://e.com/app.js)",
    "x @ y",
    "@",
    "at ",
    "at :1:2",
    `at f (https://e.com/app.js:${"9".repeat(12)}:1)`,
    `at f (https://e.com/${"a".repeat(5000)}.js:1:1)`,
  ])("%j is text", (line) => {
    expect(read(line)).toBeNull();
  });
});

describe("a stack trace", () => {
  it("keeps every line at its position", () => {
    const text = "Uncaught TypeError: x\n    at f (https://e.com/a.js:1:2)\r\n\n  … 3 more\ng@https://e.com/a.js:3:4";
    const lines = parseStack(text);
    expect(lines.map(({ kind }) => kind)).toEqual(["text", "frame", "text", "text", "frame"]);
    expect(lines.map((line) => line.text).join("\n")).toBe(text);
  });

  it("keeps every text, and reads only positions that a file can have", () => {
    const bits = fc.constantFrom(
      "at ",
      "async ",
      "f",
      "@",
      " (",
      ")",
      "https://e.com/a.js",
      ":1",
      ":22",
      "eval at ",
      " line 3 > eval",
      "[native code]",
      "<anonymous>",
      "*",
      " ",
      "\n",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(fc.nat(0xffff), { maxLength: 20 }).map((codes) => String.fromCharCode(...codes)),
          fc.array(bits, { maxLength: 14 }).map((parts) => parts.join("")),
        ),
        (text) => {
          const lines = parseStack(text);
          expect(lines.map((line) => line.text).join("\n")).toBe(text);
          const wrong = lines.filter(
            (line) => line.kind === "frame" && line.url !== null && (line.line === null || !line.text.includes(line.url)),
          );
          expect(wrong).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("reads any function, URL and position that a browser writes", () => {
    const name = fc.stringMatching(/^[A-Za-z_$][\w$.]{0,20}$/).filter((text) => !/^(?:anonymous|async|new)$/i.test(text));
    const url = fc
      .tuple(fc.constantFrom("https://e.com", "app://", "file://"), fc.stringMatching(/^(\/[\w@:.~%-]{1,10}){1,4}\.js$/))
      .map((parts) => parts.join(""));
    const number = fc.integer({ min: 1, max: 999_999_999 });
    fc.assert(
      fc.property(name, url, number, number, (functionName, address, line, column) => {
        const place = `${address}:${line}:${column}`;
        for (const text of [`    at ${functionName} (${place})`, `${functionName}@${place}`]) {
          expect(parseStack(text)).toEqual([{ kind: "frame", text, functionName, url: address, line, column }]);
        }
        for (const text of [`    at ${place}`, `@${place}`, place]) {
          expect(parseStack(text)).toEqual([{ kind: "frame", text, functionName: null, url: address, line, column }]);
        }
      }),
    );
  });

  it("reads the stacks of this engine", () => {
    const script =
      "class Cart { static pay() { return [1].map(() => { throw new Error('no\\nmoney') }) } }\ntry { Cart.pay() } catch (error) { error.stack }";
    const stack: unknown = runInNewContext(script, {}, { filename: "https://e.com/shop.js" });
    const frames = parseStack(String(stack)).filter((line) => line.kind === "frame");
    expect(frames[0]).toMatchObject({ url: "https://e.com/shop.js", line: 1 });
    expect(frames.slice(1, 4)).toMatchObject([
      { functionName: "Array.map", url: null },
      { functionName: "Cart.pay", url: "https://e.com/shop.js", line: 1 },
      { functionName: null, url: "https://e.com/shop.js", line: 2 },
    ]);
  });

  it("parses lines designed to be slow quickly", () => {
    const lines = ["at (", "@:", " line 1 > ", ":1", "at f (eval at ", "/"].map((part) => part.repeat(4096 / part.length));
    expect(parseStack(Array.from({ length: 200 }, () => lines.join("\n")).join("\n"))).toHaveLength(1200);
  });
});

const call = (name: string | null) => ({ frame: { original: { name } } });
const unresolved = { frame: { original: null } };
const message = { frame: null };

test("a function's name is taken from its caller", () => {
  expect(functionNames([message, call("Error"), call("totalOf"), call("checkout"), call(null)])).toEqual([
    null,
    "totalOf",
    "checkout",
    null,
    null,
  ]);
});

test("a function without a known caller has no name", () => {
  expect(functionNames([call("Error"), unresolved, call("run"), message, call("later")])).toEqual([null, "run", null, null, null]);
  expect(functionNames([])).toEqual([]);
});

test("there is a name or null for each line of any trace", () => {
  const line = fc.oneof(fc.constantFrom(message, unresolved, call(null)), fc.string().map(call));
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const names = functionNames(lines);
      expect(names).toHaveLength(lines.length);
      names.forEach((name, index) => expect(name === null || lines[index]?.frame !== null).toBe(true));
    }),
  );
});

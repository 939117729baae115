import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { queryObject } from "./read-request.ts";

describe("a query string becomes the input of an operation", () => {
  test.each([
    ["", {}],
    ["a=1&b=", { a: "1", b: "" }],
    ["a", { a: "" }],
    ["a=1&a=2", { a: "2" }],
    ["project=1", { project: ["1"] }],
    ["project=1&project=2&environment=&environment=x", { project: ["1", "2"], environment: ["", "x"] }],
    ["query=a+b%20c%2B&%61=x", { query: "a b c+", a: "x" }],
    ["a=b=c", { a: "b=c" }],
    ["&&=x&", { "": "x" }],
    ["a=%", { a: "%" }],
    ["a=%zz%00", { a: "%zz\0" }],
    ["a=%ff", { a: "\ufffd" }],
    ["a=%ED%A0%80", { a: "\ufffd\ufffd\ufffd" }],
    ["a=%F0%9F%9A%80", { a: "🚀" }],
  ])("%j", (search, object) => {
    expect({ ...queryObject(search) }).toEqual(object);
  });

  test("with any parameter names, and without a prototype", () => {
    const object = queryObject("__proto__=1&constructor=2&toString=3");
    expect(Object.keys(object)).toEqual(["__proto__", "constructor", "toString"]);
    expect(Object.getPrototypeOf(object)).toBeNull();
  });

  test("with texts that can be stored, for any query string", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (search) => {
        for (const value of Object.values(queryObject(search)).flat()) {
          expect(typeof value === "string" && value.isWellFormed()).toBe(true);
        }
      }),
    );
  });
});

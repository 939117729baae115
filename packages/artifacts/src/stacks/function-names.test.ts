import fc from "fast-check";
import { expect, test } from "vitest";
import { functionNames } from "./function-names.ts";

const call = (name: string | null) => ({ frame: { original: { name } } });
const unresolved = { frame: { original: null } };
const message = { frame: null };

test("a function is named by its caller", () => {
  expect(functionNames([message, call("Error"), call("totalOf"), call("checkout"), call(null)])).toEqual([
    null,
    "totalOf",
    "checkout",
    null,
    null,
  ]);
});

test("and by nobody where the caller is not known", () => {
  expect(functionNames([call("Error"), unresolved, call("run"), message, call("later")])).toEqual([null, "run", null, null, null]);
  expect(functionNames([])).toEqual([]);
});

test("there is a name or null for each line, whatever they are", () => {
  const line = fc.oneof(fc.constantFrom(message, unresolved, call(null)), fc.string().map(call));
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const names = functionNames(lines);
      expect(names).toHaveLength(lines.length);
      names.forEach((name, index) => expect(name === null || lines[index]?.frame !== null).toBe(true));
    }),
  );
});

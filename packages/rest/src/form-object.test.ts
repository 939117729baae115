import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formObject } from "./form-object.ts";

const read = (...pairs: [string, string][]) => ({ ...formObject(pairs) });

describe("a form is the object its JSON body would be (contract 1.6)", () => {
  test.each<[string, [string, string][], unknown]>([
    ["nothing", [], {}],
    [
      "texts",
      [
        ["version", "1.0"],
        ["ref", ""],
      ],
      { version: "1.0", ref: "" },
    ],
    [
      "of a repeated field the last",
      [
        ["ref", "a"],
        ["ref", "b"],
      ],
      { ref: "b" },
    ],
    [
      "of a list all, in order",
      [
        ["projects", "b"],
        ["projects", "a"],
      ],
      { projects: ["b", "a"] },
    ],
    ["of a list one, as a list", [["projects", "a"]], { projects: ["a"] }],
    [
      "lists between other fields",
      [
        ["projects", "a"],
        ["version", "1"],
        ["projects", "b"],
      ],
      { projects: ["a", "b"], version: "1" },
    ],
  ])("%s", (_, pairs, object) => {
    expect(read(...pairs)).toEqual(object);
  });

  test("whatever its fields are called, and without a prototype to reach", () => {
    const names = ["__proto__", "constructor", "toString", ""];
    const object = formObject(names.map((name): [string, string] => [name, "x"]));
    expect(Object.keys(object)).toEqual(names);
    expect(Object.getPrototypeOf(object)).toBeNull();
  });

  test("in one pass over its fields, whatever their number", () => {
    let reads = 0;
    function* fields(): Generator<[string, string]> {
      for (let number = 0; number < 1000; number += 1) {
        reads += 1;
        yield [`field-${number}`, "x"];
      }
    }
    expect(Object.keys(formObject(fields()))).toHaveLength(1000);
    expect(reads).toBe(1000);
  });

  test("every field once, with a value that was sent", () => {
    const pair = fc.tuple(fc.constantFrom("a", "b", "projects", "__proto__"), fc.string());
    fc.assert(
      fc.property(fc.array(pair), (pairs) => {
        const object = formObject(pairs);
        expect(Object.keys(object)).toEqual([...new Set(pairs.map(([name]) => name))]);
        for (const [name, value] of Object.entries(object)) {
          const sent = pairs.filter(([one]) => one === name).map(([, text]) => text);
          expect(value).toEqual(name === "projects" ? sent : sent.at(-1));
        }
      }),
    );
  });
});

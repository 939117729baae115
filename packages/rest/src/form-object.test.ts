import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formObject } from "./form-object.ts";

const form = (...pairs: [string, string | Blob][]): FormData => {
  const data = new FormData();
  for (const [name, value] of pairs) data.append(name, value);
  return data;
};
const read = (...pairs: [string, string | Blob][]) => ({ ...formObject(form(...pairs)) });

describe("a form is the object its JSON body would be (contract 1.6)", () => {
  test.each<[string, [string, string | Blob][], unknown]>([
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
    [
      "no files",
      [
        ["file", new Blob(["x"])],
        ["projects", new Blob(["x"])],
        ["ref", new Blob(["x"])],
      ],
      {},
    ],
    [
      "of files and texts the texts",
      [
        ["ref", "a"],
        ["ref", new Blob(["x"])],
      ],
      { ref: "a" },
    ],
  ])("%s", (_, pairs, object) => {
    expect(read(...pairs)).toEqual(object);
  });

  test("whatever its fields are called, and without a prototype to reach", () => {
    const names = ["__proto__", "constructor", "toString", ""];
    const object = formObject(form(...names.map((name): [string, string] => [name, "x"])));
    expect(Object.keys(object)).toEqual(names);
    expect(Object.getPrototypeOf(object)).toBeNull();
  });

  test("every field once, with a value that was sent", () => {
    const pair = fc.tuple(fc.constantFrom("a", "b", "projects", "__proto__"), fc.string());
    fc.assert(
      fc.property(fc.array(pair), (pairs) => {
        const object = formObject(form(...pairs));
        expect(Object.keys(object)).toEqual([...new Set(pairs.map(([name]) => name))]);
        for (const [name, value] of Object.entries(object)) {
          const sent = [...form(...pairs).getAll(name)];
          expect(value).toEqual(name === "projects" ? sent : sent.at(-1));
        }
      }),
    );
  });
});

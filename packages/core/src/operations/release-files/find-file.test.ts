import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memberId, readMemberId } from "./find-file.ts";

test("a member's id is the URL-safe base64 of its dist and name, padded as clients know it (contract 8.3)", () => {
  expect(memberId({ dist: "", name: "~/app.js" })).toBe("X34vYXBwLmpz");
  expect(memberId({ dist: "d1", name: "~/a.js" })).toBe("ZDFffi9hLmpz");
  expect(memberId({ dist: "", name: "~/b.js.map" })).toBe("X34vYi5qcy5tYXA=");
});

describe("an id is read back", () => {
  test("for any dist and name", () => {
    const named = fc.record({ dist: fc.string({ unit: "grapheme", maxLength: 30 }), name: fc.string({ unit: "grapheme", minLength: 1 }) });
    fc.assert(
      fc.property(named, (given) => {
        const dist = given.dist.toWellFormed();
        const name = given.name.toWellFormed();
        expect(readMemberId(memberId({ dist, name }))).toContainEqual({ dist, name });
        expect(readMemberId(memberId({ dist, name }).replace(/=+$/, ""))).toContainEqual({ dist, name });
      }),
    );
  });

  test("for every meaning of an underscore", () => {
    expect(readMemberId(memberId({ dist: "a_b", name: "c_d" }))).toEqual([
      { dist: "a", name: "b_c_d" },
      { dist: "a_b", name: "c_d" },
      { dist: "a_b_c", name: "d" },
    ]);
  });
});

test.each(["", "%", "~/app.js", "a b", "_w==", "1", "====", "YWJj"])("%j is not an id", (id) => expect(readMemberId(id)).toEqual([]));

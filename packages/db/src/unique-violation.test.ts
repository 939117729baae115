import { expect, test } from "vitest";
import { isUniqueViolation } from "./unique-violation.ts";

const coded = (code: string) => Object.assign(new Error("x"), { code });

// What the databases really throw is in the store suite; here are the neighbours it must not be confused with.
test.each([
  [coded("SQLITE_CONSTRAINT_UNIQUE"), true],
  [coded("SQLITE_CONSTRAINT_PRIMARYKEY"), true],
  [coded("SQLITE_CONSTRAINT_FOREIGNKEY"), false],
  [coded("SQLITE_CONSTRAINT_NOTNULL"), false],
  [new Error("Failed query", { cause: coded("23505") }), true],
  [new Error("Failed query", { cause: coded("23503") }), false],
  [new Error("UNIQUE constraint failed"), false],
  [null, false],
])("%s: %s", (error, expected) => {
  expect(isUniqueViolation(error)).toBe(expected);
});

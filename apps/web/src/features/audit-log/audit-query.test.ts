import { expect, test } from "vitest";
import { auditFilter, readAuditQuery } from "./audit-query.ts";

test("has no filters without query parameters", () => {
  expect(auditFilter(readAuditQuery({}))).toEqual({});
});

test("passes filters on, and includes the last day", () => {
  const params = { actor: "ada@acme.test", action: "token", target: "CI", from: "2026-01-31", to: "2026-02-28", cursor: "x" };
  expect(auditFilter(readAuditQuery(params))).toEqual({
    actor: "ada@acme.test",
    action: "token",
    target: "CI",
    from: "2026-01-31T00:00:00Z",
    to: "2026-03-01T00:00:00Z",
  });
});

test.each(["", "yesterday", "2026-02-30", "2026-13-01", "2026-1-1", "9999-12-31", "0000-00-00", "2026-01-01T00:00"])(
  "ignores the invalid day %j",
  (day) => {
    expect(readAuditQuery({ from: day, to: day })).toMatchObject({ from: null, to: null });
  },
);

test("accepts leap days and the last day of a year", () => {
  expect(auditFilter(readAuditQuery({ from: "2028-02-29", to: "2028-12-31" }))).toEqual({
    from: "2028-02-29T00:00:00Z",
    to: "2029-01-01T00:00:00Z",
  });
});

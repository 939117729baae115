import * as fc from "fast-check";
import { expect, test } from "vitest";
import { auditChanges, describeAction, recordedText, summarizeChanges } from "./format.ts";

test("quotes unknown actions", () => {
  expect(describeAction("later.thing")).toBe("performed “later.thing” on");
});

test.each([
  ["nothing recorded", { before: null, after: null }, []],
  ["nothing at all", {}, []],
  [
    "fields before and after",
    { before: { name: "web", platform: null }, after: { name: "Web", platform: "node" } },
    [
      { field: "name", before: "web", after: "Web" },
      { field: "platform", before: "none", after: "node" },
    ],
  ],
  [
    "only what was done",
    { before: null, after: { scopes: ["org:ci"], dateExpires: null, isArchived: true, projects: [] } },
    [
      { field: "scopes", before: null, after: "org:ci" },
      { field: "date expires", before: null, after: "none" },
      { field: "archived", before: null, after: "yes" },
      { field: "projects", before: null, after: "none" },
    ],
  ],
  [
    "a change of role",
    { before: null, after: { userId: 3, from: "member", to: "admin" } },
    [
      { field: "role", before: "member", after: "admin" },
      { field: "user id", before: null, after: "3" },
    ],
  ],
  [
    "a time",
    { after: { dateExpires: "2026-12-24T03:42:16.037Z" } },
    [{ field: "date expires", before: null, after: "2026-12-24 03:42:16 UTC" }],
  ],
  ["a text", { before: "old", after: "new" }, [{ field: "text", before: "old", after: "new" }]],
  ["a first text", { before: null, after: "new" }, [{ field: "text", before: null, after: "new" }]],
  [
    "lists of objects",
    { before: [{ email: "a" }], after: [{ email: "b" }] },
    [{ field: "text", before: '[{"email":"a"}]', after: '[{"email":"b"}]' }],
  ],
  [
    "fields with clearer labels",
    { after: { commitCount: 3, ended: 0 } },
    [
      { field: "commits", before: null, after: "3" },
      { field: "sessions ended", before: null, after: "0" },
    ],
  ],
  ["a field that was removed", { before: { a: 1 }, after: {} }, [{ field: "a", before: "1", after: "none" }]],
])("%s", (_, entry, changes) => {
  expect(auditChanges(entry)).toEqual(changes);
});

test("handles fields named as methods of Object", () => {
  expect(auditChanges({ before: { toString: "a" }, after: {} })).toEqual([{ field: "to string", before: "a", after: "none" }]);
});

test("formats any recorded value", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
      for (const change of auditChanges({ before, after })) expect(typeof change.after).toBe("string");
    }),
  );
});

test.each([
  [{ before: { name: "web" }, after: { name: "Web" } }, "name web → Web"],
  [{ after: { userId: 3, from: "member", to: "admin" } }, "role member → admin"],
  [{ after: { id: 3, deployId: 7, environment: "staging", team: null } }, "environment staging"],
  [{ after: { id: 3, lastCharacters: "ab12" } }, ""],
  [{ after: { a: 1, b: 2, c: 3, d: 4 } }, "a 1; b 2; c 3"],
  [{}, ""],
])("summarizes %j: %s", (entry, line) => {
  expect(summarizeChanges(auditChanges(entry))).toBe(line);
});

test.each([
  [null, "none"],
  ["", "none"],
  [undefined, "none"],
  ["2026-01-31T12:34:56.789Z", "2026-01-31 12:34:56 UTC"],
  ["2026-01-31T12:34:56Z", "2026-01-31 12:34:56 UTC"],
  ["main", "main"],
  [3, "3"],
  [true, "yes"],
  [["a", "b"], "a, b"],
  [{ a: 1 }, '{"a":1}'],
])("formats the value %j as %s", (value, expected) => {
  expect(recordedText(value)).toBe(expected);
});

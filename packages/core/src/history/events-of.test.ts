import type { AuditRow } from "@landfall/db/rows";
import { describe, expect, test } from "vitest";
import { toActivityEvents, finalizedKey } from "./events-of.ts";

const DATE = new Date("2026-01-01T00:00:00Z");

const record = (action: string, details: AuditRow["details"] = null): AuditRow => ({
  id: 1,
  organizationId: 1,
  actor: "user:1",
  action,
  target: "1.0",
  details,
  requestId: null,
  dateCreated: DATE,
});

describe("a record is told as", () => {
  test.each([
    ["created", "release.create", { projects: ["web"] }],
    ["linked", "release.link", { projects: ["web"] }],
    ["finalized", "release.update", { dateReleased: "2026-01-01T00:00:00.000Z", ref: "main" }],
    ["archived", "release.update", { isArchived: true }],
    ["archived", "release.update", { isArchived: true, ref: "main" }],
    ["restored", "release.update", { isArchived: false }],
    ["changed", "release.update", { isArchived: false, ref: "main" }],
    ["changed", "release.update", { url: "https://acme.test" }],
    ["changed", "release.update", null],
    ["notes", "notes.update", { length: 3 }],
    ["other", "release.set_commits", { commitCount: 3 }],
    ["other", "release.anything", null],
  ])("%s: %s %j", (kind, action, details) => {
    const [event] = toActivityEvents({ deploys: [], records: [record(action, details)], finalized: null });
    expect(event).toMatchObject({ kind, action, actor: "user:1", deployId: null });
  });

  test("changed fields with their new values, of updates alone", () => {
    const changesOf = (action: string) =>
      toActivityEvents({ deploys: [], records: [record(action, { ref: "main", url: "u" })], finalized: null })[0]?.changes;
    expect(changesOf("release.update")).toEqual([
      { field: "ref", value: "main" },
      { field: "url", value: "u" },
    ]);
    expect(changesOf("release.create")).toEqual([]);
  });
});

test("deploys and the release itself are told beside records, none with another's id", () => {
  const finalized = { id: 1, dateReleased: DATE };
  const events = toActivityEvents({ deploys: [{ id: 1, dateFinished: DATE }], records: [record("release.create")], finalized });
  expect(events.map(({ kind }) => kind)).toEqual(["created", "deployed", "finalized"]);
  expect(new Set(events.map(({ key }) => key.id)).size).toBe(3);
  expect(events[1]).toMatchObject({ deployId: 1, actor: null, action: null });
  expect(events[2]?.key).toEqual(finalizedKey(finalized));
});

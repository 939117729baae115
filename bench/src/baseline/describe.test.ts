import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { openSqlite } from "@landfall/db/sqlite/open";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadSmallHistory, SMALL, smallVersion } from "../seed/small-history.ts";
import { describeReleases } from "./describe.ts";
import { prepareChanges, prepareQueries } from "./queries.ts";
import { reportRelease } from "./reported-release.ts";

const folder = mkdtempSync(path.join(tmpdir(), "landfall-bench-test-"));
const file = path.join(folder, "landfall.db");
let db: Database.Database;

beforeAll(async () => {
  await (await openSqlite({ path: file })).close();
  db = new Database(file);
  db.exec("insert into organizations (id, slug, name, date_created) values (1, 'acme', 'acme', 0)");
  db.exec("insert into projects (id, organization_id, slug, name, date_created) values (1, 1, 'web', 'Web', 0)");
  const data = {
    path: folder,
    file,
    organization: "acme",
    projects: [{ slug: "web", id: 1 }],
    token: "",
    ownerToken: "",
    copy: () => data,
    remove: () => {},
  };
  loadSmallHistory(data);
});

afterAll(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

const report = { organization: "acme", projects: ["web"], userAgent: "test", requestId: "r1", tokenId: 5 };

describe("describeReleases", () => {
  it("describes a release with its commit, author, and deploy", () => {
    const queries = prepareQueries(db);
    const row = queries.release.get(1, smallVersion(0));
    if (!row) throw new Error("the history has a first release");
    expect(describeReleases(queries, 1, [row])).toEqual([
      expect.objectContaining({
        version: "web@1.0.0",
        status: "open",
        dateCreated: "2024-01-01T00:00:00Z",
        dateReleased: "2024-01-01T00:01:00Z",
        commitCount: 1,
        authors: [{ name: "Author 2", email: "author2@example.com" }],
        lastCommit: expect.objectContaining({
          author: { name: "Author 2", email: "author2@example.com" },
          releases: [expect.objectContaining({ version: "web@1.0.0" })],
        }),
        lastDeploy: {
          id: "1",
          environment: "production",
          dateStarted: null,
          dateFinished: "2024-01-02T00:00:00.001Z",
          name: null,
          url: null,
        },
        projects: [{ id: 1, slug: "web", name: "Web", newGroups: 0, platform: null, platforms: [], hasHealthData: false }],
      }),
    ]);
  });

  it("describes a release without commits, and an empty list", () => {
    const queries = prepareQueries(db);
    const row = queries.release.get(1, smallVersion(SMALL.releases));
    if (!row) throw new Error("the history has archived releases");
    expect(describeReleases(queries, 1, [row])).toEqual([
      expect.objectContaining({ status: "archived", authors: [], lastCommit: null, lastDeploy: null }),
    ]);
    expect(describeReleases(queries, 1, [])).toEqual([]);
  });

  it("rejects what the benchmark never stores", () => {
    const queries = prepareQueries(db);
    const row = queries.release.get(1, smallVersion(1));
    if (!row) throw new Error("the history has a second release");
    expect(() => describeReleases(queries, 1, [row.with(6, 1) as typeof row])).toThrow("the baseline does not support owners");
  });
});

describe("reportRelease", () => {
  it("creates a release once, with its link and audit event", () => {
    const [queries, changes] = [prepareQueries(db), prepareChanges(db)];
    const first = reportRelease(queries, changes, { ...report, version: "web@9.0.0-rc.1+5" });
    const again = reportRelease(queries, changes, { ...report, version: "web@9.0.0-rc.1+5" });
    expect([first.created, again.created]).toEqual([true, false]);
    expect(again.release).toEqual(first.release);
    expect(db.prepare("select actor, action, target, request_id from audit_log").all()).toEqual([
      { actor: "token:5", action: "release.create", target: "web@9.0.0-rc.1+5", request_id: "r1" },
    ]);
    expect(db.prepare("select major, is_final, prerelease, build_number from releases where version like 'web@9%'").get()).toEqual({
      major: 9,
      is_final: 0,
      prerelease: "rc.1",
      build_number: 5,
    });
  });

  it.each([
    [{ ...report, organization: "other" }, "unknown organization other"],
    [{ ...report, projects: ["web", "none"] }, "unknown project among web, none"],
  ])("rejects %j", (wrong, message) => {
    expect(() => reportRelease(prepareQueries(db), prepareChanges(db), { ...wrong, version: "x" })).toThrow(message);
  });
});

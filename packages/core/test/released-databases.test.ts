import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { checkSqlite } from "@landfall/db/sqlite/check";
import { openSqlite } from "@landfall/db/sqlite/open";
import { describe, expect, it, onTestFinished } from "vitest";
import { hashToken } from "../src/access/token-text.ts";
import { createApp } from "../src/create-app.ts";
import { listDeploys } from "../src/operations/deploys/list-in-release.ts";
import { listReleases } from "../src/operations/releases/list.ts";

const folder = new URL("released-databases/", import.meta.url);
const released = readdirSync(folder).filter((name) => name.endsWith(".db.gz"));

describe("a database of an earlier version", () => {
  it("is kept for every version since the first", () => expect(released).toContain("0.1.0.db.gz"));

  it.each(released)("%s opens, is intact, and returns what was stored", async (name) => {
    const kept = mkdtempSync(path.join(tmpdir(), "landfall-released-"));
    onTestFinished(() => rmSync(kept, { recursive: true }));
    const file = path.join(kept, "landfall.db");
    writeFileSync(file, gunzipSync(readFileSync(new URL(name, folder))));

    const store = await openSqlite({ path: file });
    onTestFinished(() => store.close());
    expect(await checkSqlite(file)).toEqual([]);

    const token = "sntryu_of-this-test";
    await store.transaction((tx) => tx.update(tx.tables.tokens).set({ tokenHash: hashToken(token) }));
    const context = await createApp({ store, origin: "http://landfall.test" }).contextOf({
      authorization: `Bearer ${token}`,
      userAgent: null,
      requestId: null,
    });
    const { items } = await listReleases(context, { organization: "acme", query: "release.version:>=1.0 web" });
    const { items: all } = await listReleases(context, { organization: "acme", query: "1.0.0" });
    expect(items).toEqual([]);
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject({
      version: "web@1.0.0+7",
      dateReleased: "2026-11-24T09:30:00Z",
      commitCount: 1,
      deployCount: 1,
      authors: [{ email: "ann@example.test", username: "ann@example.test" }],
      lastCommit: { message: "Start faster\n\nFixes WEB-12", repository: { name: "acme/web" } },
      lastDeploy: { environment: "production", name: "first" },
    });
    const deploys = await listDeploys(context, { organization: "acme", version: "web@1.0.0+7" });
    expect(deploys.items).toMatchObject([{ environment: "production", name: "first" }]);
  });
});

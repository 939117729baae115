import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { App } from "@landfall/core/kernel/app";
import { describeSetupLink } from "@landfall/core/operations/setup/setup-link";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { completeFirstStart, firstStart } from "./first-start.ts";

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), "landfall-web-"));
});

afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const slugs = { organization: "acme", project: "web" };

describe.each(["sqlite", "postgres"] as const)("a first start on %s", (kind) => {
  let bench: TestApp;
  beforeEach(async () => {
    bench = await createTestApp(kind);
  });
  afterEach(() => bench.close());

  const env = () => ({ ...slugs, dataDir });

  /** Returns an app that fails before its n-th transaction, as if the process were killed. */
  function killedAt(transaction: number): App {
    let begun = 0;
    const { store, contextOf } = bench.app;
    const dying: App["store"] = {
      ...store,
      transaction: (work) => ((begun += 1) < transaction ? store.transaction(work) : Promise.reject(new Error("killed"))),
    };
    return { ...bench.app, store: dying, contextOf: async (caller) => ({ ...(await contextOf(caller)), store: dying }) };
  }

  /** Expects that the next start shows a working link and token, also in the file, and that the start after it shows nothing. */
  async function expectShown(app: App): Promise<void> {
    const shown = await firstStart(app, env());
    if (shown === null) return expect.unreachable();
    const link = shown.setupUrl.split("/").at(-1) ?? "";
    expect(await describeSetupLink(app.store.read, link, app.now())).toMatchObject({
      state: "unused",
      organization: { slug: "acme" },
      project: "web",
    });
    const context = await app.contextOf({ authorization: `Bearer ${shown.settings.token}`, userAgent: null, requestId: null });
    expect(context.actor?.kind).toBe("organization");
    const text = readFileSync(shown.file ?? "", "utf8");
    expect([text.includes(shown.setupUrl), text.includes(shown.settings.token)]).toEqual([true, true]);
    expect(statSync(shown.file ?? "").mode & 0o777).toBe(0o600);
    await completeFirstStart(app);
    expect(await firstStart(app, env())).toBeNull();
    const { organizations } = app.store.read.tables;
    expect(await app.store.read.$count(organizations)).toBe(1);
  }

  test("shows a link at the next start if it is killed before any transaction, or before it has shown the link", async () => {
    let transaction = 1;
    for (; ; transaction += 1) {
      const isKilled = await firstStart(killedAt(transaction), env()).then(
        () => false,
        (error: Error) => error.message === "killed",
      );
      bench.clock.advance(120_000);
      await expectShown(bench.app);
      if (!isKilled) break;
      await bench.close();
      bench = await createTestApp(kind);
      rmSync(path.join(dataDir, "first-run.txt"), { force: true });
    }
    expect(transaction).toBeGreaterThan(3);
  });

  test("shows a link at the third start if the second is killed too", async () => {
    await firstStart(bench.app, env());
    for (let transaction = 1; transaction < 6; transaction++) {
      bench.clock.advance(120_000);
      await firstStart(killedAt(transaction), env()).catch(() => undefined);
    }
    bench.clock.advance(120_000);
    await expectShown(bench.app);
  });

  test("creates nothing if a slug is invalid, and accepts other slugs at the next start", async () => {
    await expect(firstStart(bench.app, { ...env(), organization: "No Slug" })).rejects.toMatchObject({ code: "invalid" });
    await expectShown(bench.app);
  });

  test("creates nothing if an organization exists, and does not replace the file of another database", async () => {
    writeFileSync(path.join(dataDir, "first-run.txt"), "of another database");
    expect(await firstStart(bench.app, env())).toMatchObject({ file: null });
    expect(readFileSync(path.join(dataDir, "first-run.txt"), "utf8")).toBe("of another database");
    await completeFirstStart(bench.app);
    expect(await firstStart(bench.app, env())).toBeNull();
  });
});

test("of two servers that start on one PostgreSQL, the second takes over only after the first must have ended", async () => {
  const bench = await createTestApp("postgres");
  try {
    const both = await Promise.all([firstStart(bench.app, { ...slugs, dataDir }), firstStart(bench.app, { ...slugs, dataDir })]);
    expect(both.filter((one) => one !== null)).toHaveLength(1);
    expect(await firstStart(bench.app, { ...slugs, dataDir })).toBeNull();
    bench.clock.advance(120_000);
    expect(await firstStart(bench.app, { ...slugs, dataDir })).not.toBeNull();
  } finally {
    await bench.close();
  }
});

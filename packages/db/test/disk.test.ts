import { existsSync, readFileSync } from "node:fs";
import { createDiskShim } from "@landfall/testing/disk/disk-shim";
import { asc } from "drizzle-orm";
import { expect, test } from "vitest";
import { openSqlite } from "../src/sqlite/open.ts";
import { runScriptIn } from "./run-script.ts";
import { scratchFile } from "./scratch-file.ts";

const isAcknowledged = (line: string) => /^(sound|failing|late)-/.test(line);

test.for([
  ["the log during a commit", "-wal"],
  ["the database during a checkpoint", "database"],
])(
  "after a failed sync of %s nothing is acknowledged, written or moved until the next start",
  { timeout: 240_000 },
  async ([, failing = ""], { skip }) => {
    const file = scratchFile();
    const created = createDiskShim({ file });
    if (typeof created === "string") return skip(created);
    using shim = created;
    const script = runScriptIn(shim.env, "write-past-failed-sync.ts", file, failing);
    await script.waitFor("closed");
    const { lines } = script;
    const refused = lines.filter((line) => line.startsWith("refused"));
    expect(refused.length).toBeGreaterThanOrEqual(4);
    expect(refused.filter((line) => !line.endsWith(" failed_sync"))).toEqual([]);
    expect(refused.slice(-3).map((line) => line.split(" ")[1])).toEqual(["late-0", "late-1", "late-2"]);
    // Nothing after the first rejection, and no after-commit work of other writes.
    const firstRefusal = lines.findIndex((line) => line.startsWith("refused"));
    expect(lines.slice(firstRefusal).filter(isAcknowledged)).toEqual([]);
    const acknowledged = lines.filter(isAcknowledged);
    expect(lines.filter((line) => line.startsWith("after "))).toEqual(acknowledged.map((slug) => `after ${slug}`));
    expect(lines.filter((line) => line.startsWith("reported"))).toEqual([
      expect.stringMatching(/The disk failed to store what was written to/),
    ]);
    expect(lines).toContain("seen 5");
    // Closing has left the log for the next start, which reads as much as its checksums prove.
    expect(existsSync(`${file}-wal`)).toBe(true);
    const store = await openSqlite({ path: file });
    const { organizations } = store.read.tables;
    const stored = (await store.read.select({ slug: organizations.slug }).from(organizations).orderBy(asc(organizations.id))).map(
      (row) => row.slug,
    );
    await store.transaction((tx) => tx.insert(tx.tables.organizations).values({ slug: "next", name: "next", dateCreated: new Date(0) }));
    await store.close();
    expect(stored).toEqual(expect.arrayContaining(acknowledged));
    expect(stored.filter((slug) => slug.startsWith("late"))).toEqual([]);
  },
);

test("during a sync reads work and a full group is committed; the next sync acknowledges it", { timeout: 240_000 }, async ({ skip }) => {
  const file = scratchFile();
  const created = createDiskShim({ file });
  if (typeof created === "string") return skip(created);
  using shim = created;
  const script = runScriptIn(shim.env, "read-during-sync.ts", file);
  await script.waitFor("closed");
  expect(script.lines).toEqual(["held: 257 seen, 0 acknowledged", "synced: 257 acknowledged, first before the others", "closed"]);
});

test("no sync of a commit or a checkpoint runs on the event loop", { timeout: 240_000 }, async ({ skip }) => {
  const file = scratchFile();
  await (await openSqlite({ path: file })).close();
  const created = createDiskShim({ file });
  if (typeof created === "string") return skip(created);
  using shim = created;
  await runScriptIn(shim.env, "write-noting.ts", file).waitFor("closed");
  const syncs = shim.syncs();
  const count = (thread: string, of: string) => syncs.filter((sync) => sync.thread === thread && sync.file === of).length;
  // Three restarts of the log by checkpoints, each with one sync of the database and more of the log.
  expect(count("other", "database")).toBeGreaterThanOrEqual(3);
  expect(count("other", "-wal")).toBeGreaterThan(10);
  // On the event loop: the new log's header, the sync of an existing log on opening, and the checkpoint on closing.
  const onLoop = syncs.flatMap(({ thread, file: of }, index) => (thread === "main" ? [[of, index]] : []));
  expect(onLoop.map(([of]) => of)).toEqual(["-wal", "-wal", "-wal", "database"]);
  expect(onLoop.map(([, index]) => index)).toEqual([0, 1, syncs.length - 2, syncs.length - 1]);
  expect(readFileSync(`${file}-notes`, "utf8").split("\n").length).toBeGreaterThan(10);
});

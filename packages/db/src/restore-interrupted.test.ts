import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { folderToRestoreIn, slugsIn } from "../test/restore-world.ts";
import { runToEnd } from "../test/run-to-end.ts";
import { scratchFile } from "../test/scratch-file.ts";
import { restoreSqlite } from "./sqlite/restore.ts";

const NOW = new Date("2026-01-02T03:04:05Z");

/** The visible state of a database: its organizations, or the bytes of one that cannot be opened. */
type Seen = readonly string[] | Readonly<Record<string, string>>;

type World = {
  readonly prepare: (database: string) => void;
  /** Reads the old database under its own name, or under the name of the kept copy. */
  readonly see: (file: string) => Seen | Promise<Seen>;
  /** The calls to kill at; the first case has all, the others those that differ in how the database is replaced. */
  readonly calls: string;
};

const worlds: [string, World][] = [
  ["a database with recent writes in its log", { prepare: () => undefined, see: slugsIn, calls: "" }],
  [
    "an unreadable database with a log",
    { prepare: (database) => writeFileSync(database, "unreadable ".repeat(1_000)), see: bytesOf, calls: "rename|fsync" },
  ],
  ["a log without its database", { prepare: (database) => rmSync(database), see: bytesOf, calls: "rename|fsync" }],
];

test.each(worlds)(
  "a restore over %s, killed before any call, leaves the old or the new database",
  { timeout: 300_000 },
  async (_, { prepare, see, calls }) => {
    const origin = await folderToRestoreIn();
    prepare(path.join(origin, "landfall.db"));
    const untouched = scratchCopy(origin);
    const old = await see(path.join(untouched, "landfall.db"));
    let killed = 0;
    /** Kills the restore before the call of that number; true if it ended earlier. */
    const round = async (at: number): Promise<boolean> => {
      const dir = scratchCopy(origin);
      const { stdout, stderr } = await runToEnd("restore.ts", [...namesIn(dir), NOW.toISOString()], {
        preload: "kill-at-call.ts",
        env: { KILL_AT: String(at), KILL_IN: dir, KILL_CALLS: calls },
      });
      expect([stdout, stderr]).toEqual([expect.stringMatching(/^(?:restored|killed before .*)\n$/), ""]);
      const isDone = stdout === "restored\n";
      if (!isDone) killed += 1;
      await expectOldOrNew(dir, { see, old }, `${at}: ${stdout}`);
      rmSync(dir, { recursive: true });
      return isDone;
    };
    for (let at = 1; ; at += 2) if ((await Promise.all([round(at), round(at + 1)])).includes(true)) break;
    expect(killed).toBeGreaterThan(calls === "" ? 25 : 6);
  },
);

const namesIn = (dir: string) => [path.join(dir, "backup.db"), path.join(dir, "landfall.db")] as const;

function scratchCopy(origin: string): string {
  const dir = path.dirname(scratchFile());
  cpSync(origin, dir, { recursive: true });
  return dir;
}

type Old = Pick<World, "see"> & { readonly old: Seen };

/** Opens the database as a server does. If that is rejected, follows both instructions of the message, each on a copy. */
async function expectOldOrNew(dir: string, world: Old, moment: string): Promise<void> {
  const [, database] = namesIn(dir);
  const seen = await slugsIn(database).catch((error: { readonly code: string; readonly message: string }) => error);
  if (Array.isArray(seen)) {
    if (seen.includes("new")) return expectNew(dir, world, moment);
    expect([moment, seen, keptIn(dir)]).toEqual([moment, world.old, []]);
    return;
  }
  expect([moment, seen.message]).toEqual([moment, expect.not.stringContaining("\n")]);
  if (seen.code !== "unfinished_restore") {
    // It could not be opened before the restore either.
    expect([moment, world.see]).toEqual([moment, bytesOf]);
    expect([moment, bytesOf(database)]).toEqual([moment, world.old]);
    return;
  }
  const [, leftover] = /^.* interrupted .*; run it again with --force, or delete (\S+) to continue without it\.$/.exec(seen.message) ?? [];
  if (leftover === undefined) {
    expect(seen.message).toMatch(/; run the same restore command again to complete it\.$/);
    return expectCompleted(dir, world, moment);
  }
  await expectCompleted(scratchCopy(dir), world, moment);
  rmSync(leftover);
  await expectOldOrNew(dir, world, `${moment}, without its leftover`);
}

async function expectCompleted(dir: string, world: Old, moment: string): Promise<void> {
  const [backup, database] = namesIn(dir);
  await restoreSqlite(backup, database, { force: true, now: new Date(NOW.getTime() + 1_000) });
  await expectNew(dir, world, `${moment}, completed`);
}

/** The new database is in place with no other files, and the old one is kept complete. */
async function expectNew(dir: string, { see, old }: Old, moment: string): Promise<void> {
  expect([moment, await slugsIn(path.join(dir, "landfall.db"))]).toEqual([moment, ["new"]]);
  const beside = readdirSync(dir).filter((name) => !name.includes(".before-"));
  expect([moment, beside.toSorted()]).toEqual([moment, ["backup.db", "landfall.db", "landfall.db.lock"]]);
  const kept = await Promise.all(keptIn(dir).map((name) => see(path.join(dir, name))));
  expect([moment, kept]).toEqual([moment, expect.arrayContaining([old])]);
}

const keptIn = (dir: string): string[] => [...new Set(readdirSync(dir).flatMap((name) => /^.*\.before-[^Z]+Z/.exec(name) ?? []))];

/** The bytes of a database file and its log, by file name suffix. */
function bytesOf(file: string): Readonly<Record<string, string>> {
  const ends = ["", "-wal"].filter((end) => existsSync(file + end));
  return Object.fromEntries(ends.map((end) => [end, readFileSync(file + end, "base64")]));
}

import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createDiskShim } from "@landfall/testing/disk/disk-shim";
import { type Change, changesAt, contentAfter, readRecord, type Recorded } from "@landfall/testing/disk/recorded-writes";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { openSqlite } from "../src/sqlite/open.ts";
import { runScriptIn } from "./run-script.ts";
import { scratchFile } from "./scratch-file.ts";

/* Power failures at every sync of a run: the files are rebuilt from what the disk had guaranteed to store by then. */

/** A database before the run, and all operations of the run on its files. */
type Run = { readonly before: Buffer; readonly record: readonly Recorded[] };

async function record(synchronous: "full" | "normal"): Promise<Run | string> {
  const file = scratchFile();
  await (await openSqlite({ path: file })).close();
  const before = readFileSync(file);
  const shim = createDiskShim({ file, records: true });
  if (typeof shim === "string") return shim;
  using started = shim;
  await runScriptIn(started.env, "write-noting.ts", file, synchronous).waitFor("closed");
  return { before, record: readRecord(started.folder) };
}

/** A deterministic random generator. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

/** Subsets of the changes without a sync, which the disk may have stored. */
function variants(open: readonly Change[], random: () => number): (readonly Change[])[] {
  if (open.length === 0) return [[]];
  const half = () => open.filter(() => random() < 0.5);
  return [
    [],
    open,
    open.slice(0, Math.floor(random() * open.length)),
    half().toSorted(() => random() - 0.5),
    // Sectors of a write.
    half().map((change) =>
      change.kind === "write" ? { ...change, bytes: change.bytes.subarray(0, 512 * Math.floor(random() * 9)) } : change,
    ),
  ];
}

/** The problems of the database at the next start; `acknowledged` are all writes that were acknowledged by then. */
function problemsOf(files: { readonly database: Buffer; readonly log: Buffer }, acknowledged: readonly string[]): string[] {
  const file = scratch.file;
  for (const part of ["", "-wal", "-shm"]) rmSync(file + part, { force: true });
  writeFileSync(file, files.database);
  writeFileSync(`${file}-wal`, files.log);
  const db = new Database(file);
  try {
    const damage = db
      .prepare<[], string>("select integrity_check from pragma_integrity_check")
      .pluck()
      .all()
      .filter((line) => line !== "ok");
    const stored = new Set(db.prepare<[], string>("select slug from organizations").pluck().all());
    const halves = db.prepare<[], number>("select (select count(*) from organizations) - (select count(*) from users)").pluck().get();
    return [...damage, ...acknowledged.filter((slug) => !stored.has(slug)), ...(halves === 0 ? [] : ["half a transaction"])];
  } catch (error) {
    return [String(error)];
  } finally {
    db.close();
  }
}

let scratch: { readonly file: string };

/** Cuts the run before and after the end of each sync, and returns the problems of the resulting files. */
function replay({ before, record }: Run): { readonly cuts: number; readonly problems: string[] } {
  scratch = { file: scratchFile("replayed.db") };
  const random = seededRandom(1);
  const problems: string[] = [];
  let cuts = 0;
  for (const [index, entry] of record.entries()) {
    if (entry.kind !== "end") continue;
    for (const count of [index, index + 1]) {
      const { durable, open } = changesAt(record, count);
      const acknowledged = record.slice(0, count).flatMap((past) => (past.kind === "note" ? [past.text.trim()] : []));
      for (const stored of variants(open, random)) {
        cuts += 1;
        const changes = [...durable, ...stored];
        const found = problemsOf({ database: contentAfter(changes, "database", before), log: contentAfter(changes, "-wal") }, acknowledged);
        problems.push(...found.map((problem) => `at ${count}: ${problem}`));
      }
    }
  }
  return { cuts, problems };
}

test(
  "for any subset of changes that the disk stored, no acknowledged write is lost and nothing is damaged",
  { timeout: 240_000 },
  async ({ skip }) => {
    const run = await record("full");
    if (typeof run === "string") return skip(run);
    const { cuts, problems } = replay(run);
    expect(problems).toEqual([]);
    const count = (kind: Recorded["kind"], file: string) => run.record.filter((entry) => entry.kind === kind && entry.file === file).length;
    // Checkpoints sync the database; groups, checkpoints and each new header sync the log.
    expect(count("end", "database")).toBeGreaterThanOrEqual(3);
    expect(count("end", "-wal")).toBeGreaterThan(10);
    expect(count("note", "-notes")).toBeGreaterThan(10);
    expect(cuts).toBeGreaterThan(200);
  },
);

test(
  "without the sync before it, the same replay finds lost acknowledged writes, and nothing damaged",
  { timeout: 240_000 },
  async ({ skip }) => {
    const run = await record("normal");
    if (typeof run === "string") return skip(run);
    const { problems } = replay(run);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.filter((problem) => !problem.includes("acknowledged-"))).toEqual([]);
  },
);

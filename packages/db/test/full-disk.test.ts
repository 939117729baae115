import { mkdirSync } from "node:fs";
import path from "node:path";
import { canMount, smallDisk } from "@landfall/testing/disk/small-disk";
import { describe, expect, test } from "vitest";
import { fileBlobs } from "../src/blobs/file-blobs.ts";
import { openSqlite } from "../src/sqlite/open.ts";
import { storageFailureOf } from "../src/storage-failure.ts";
import type { Store } from "../src/store.ts";

const failureOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => "no failure", storageFailureOf);

const insert = (store: Store, slug: string, name = slug) =>
  store.transaction((tx) => tx.insert(tx.tables.organizations).values({ slug, name, dateCreated: new Date(0) }));

const slugs = async ({ read: { select, tables } }: Store) =>
  (await select({ slug: tables.organizations.slug }).from(tables.organizations)).map(({ slug }) => slug).toSorted();

/** More than fits into the free space for the database's log. */
const LONG = "x".repeat(1_000_000);

describe.runIf(canMount())("a disk that is full", () => {
  test("fails writes as storage_full, loses nothing, and recovers when there is space", async () => {
    using disk = smallDisk(8);
    const store = await openSqlite({ path: path.join(disk.path, "landfall.db") });
    await insert(store, "before");
    disk.fill();
    expect(await failureOf(insert(store, "too-long", LONG))).toBe("disk_full");
    const together = await Promise.all(["a", "b"].map((slug) => failureOf(insert(store, slug, LONG))));
    expect(together).toEqual(["disk_full", "disk_full"]);
    expect(await failureOf(store.checkWritable())).toBe("disk_full");
    expect(await slugs(store)).toEqual(["before"]);
    disk.free();
    await store.checkWritable();
    await insert(store, "after", LONG);
    expect(await slugs(store)).toEqual(["after", "before"]);
    await store.close();
  });

  test("fails uploads as storage_full, and leaves nothing of them", async () => {
    using disk = smallDisk(4);
    const folder = path.join(disk.path, "blobs");
    const blobs = fileBlobs({ folder });
    async function* bytes() {
      for (let part = 0; part < 64; part++) yield Buffer.alloc(256 * 1024, part);
    }
    expect(await failureOf(blobs.stage(bytes()))).toBe("disk_full");
    expect(await blobs.sweepStaged(new Date(8.64e15))).toBe(0);
  });
});

describe.runIf(canMount())("a disk that is read-only", () => {
  test("fails uploads as storage_full", async () => {
    using disk = smallDisk(4);
    const folder = path.join(disk.path, "blobs");
    mkdirSync(path.join(folder, "staged"), { recursive: true });
    disk.setReadOnly();
    async function* bytes() {
      yield Buffer.from("x");
    }
    expect(await failureOf(fileBlobs({ folder }).stage(bytes()))).toBe("read_only");
  });
});

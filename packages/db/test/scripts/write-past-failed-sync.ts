import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { like } from "drizzle-orm";
import { openSqlite } from "../../src/sqlite/open.ts";
import { isStoreError } from "../../src/store-error.ts";

/**
 * Writes until a sync of the `failing` file has failed, and again after the disk has recovered; prints the slug of each
 * acknowledged write, the code of each rejected one, and what a reader finds in the end.
 */
const [file = "", failing = ""] = process.argv.slice(2);

const control = path.join(process.env.DISK_SHIM_FOLDER ?? "", "fail");

const store = await openSqlite({
  path: file,
  checkpoints: { pages: 30, commits: 1 },
  onError: (error) => console.log(`reported ${String(error)}`),
});

async function write(slug: string): Promise<boolean> {
  try {
    await store.transaction(async (tx) => {
      tx.afterCommit(() => console.log(`after ${slug}`));
      await tx.insert(tx.tables.organizations).values({ slug, name: "n".repeat(4_000), dateCreated: new Date(0) });
    });
    console.log(slug);
    return true;
  } catch (error) {
    console.log(`refused ${slug} ${isStoreError(error) ? error.code : String(error)}`);
    return false;
  }
}

const writeAll = (kind: string, count: number) => Promise.all(Array.from({ length: count }, (_, index) => write(`${kind}-${index}`)));

await writeAll("sound", 5);
writeFileSync(control, failing);
for (let round = 0; (await writeAll(`failing-${round}`, 3)).every(Boolean); round += 1);
rmSync(control);
await writeAll("late", 3);
const { organizations } = store.read.tables;
console.log(`seen ${await store.read.$count(organizations, like(organizations.slug, "sound-%"))}`);
await store.close();
console.log("closed");

import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { openSqlite } from "../../src/sqlite/open.ts";

/** Writes while syncs of the shim are blocked, and prints the reads and acknowledged writes in between. */
const [file = ""] = process.argv.slice(2);

const hold = path.join(process.env.DISK_SHIM_FOLDER ?? "", "hold");
const store = await openSqlite({ path: file });
const { organizations } = store.read.tables;
const acknowledged: string[] = [];

async function write(slug: string): Promise<void> {
  await store.transaction((tx) => tx.insert(tx.tables.organizations).values({ slug, name: slug, dateCreated: new Date(0) }));
  acknowledged.push(slug);
}

const seen = () => store.read.$count(organizations);

writeFileSync(hold, "");
const written = [write("first")];
while ((await seen()) < 1) await setImmediate();

// A full group, which is committed during the sync.
for (let number = 1; number <= 256; number += 1) written.push(write(`next-${number}`));

while ((await seen()) < 257) await setImmediate();
for (let turn = 0; turn < 100; turn += 1) await setImmediate();
console.log(`held: ${await seen()} seen, ${acknowledged.length} acknowledged`);
rmSync(hold);
await Promise.all(written);
console.log(`synced: ${acknowledged.length} acknowledged, ${acknowledged[0]} before the others`);
await store.close();
console.log("closed");

import { openSync, readSync, writeSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { openSqlite } from "../../src/sqlite/open.ts";

/**
 * Creates organizations, each with a user of its name, with several parallel writers, and writes each acknowledged slug to `<path>-notes`.
 * Ends when the log has started over a few times.
 */
const [path = "", synchronous] = process.argv.slice(2);

const store = await openSqlite({
  path,
  synchronous: synchronous === "normal" ? "normal" : "full",
  checkpoints: { pages: 30, commits: 1, keptBytes: 250_000 },
});

const log = openSync(`${path}-wal`, "r");
const notes = openSync(`${path}-notes`, "w");
let count = 0;

/** Transactions in the log since it started over, and when that was. */
const since = { transactions: 0, start: 0 };

/** The number in the log's header that increases each time the log starts over. */
function startsOfLog(): number {
  const header = Buffer.alloc(32);
  readSync(log, header, 0, header.length, 0);
  return header.readUInt32BE(12);
}

/** Resolves when the log has space, so that a slow checkpoint does not make a run longer. */
async function untilShort(): Promise<void> {
  while (startsOfLog() === since.start && since.transactions >= 15) await setTimeout(1);
  if (startsOfLog() !== since.start) Object.assign(since, { transactions: 0, start: startsOfLog() });
  since.transactions += 1;
}

async function write(): Promise<void> {
  while (startsOfLog() < 3) {
    await untilShort();
    const number = ++count;
    const slug = `acknowledged-${number}`;
    await store.transaction(async (tx) => {
      // From a few bytes to several pages.
      const name = "n".repeat(10 + ((number * 7_919) % 9_000));
      await tx.insert(tx.tables.organizations).values({ slug, name, dateCreated: new Date(0) });
      await tx.insert(tx.tables.users).values({ username: slug, email: slug, name: slug, dateJoined: new Date(number) });
    });
    writeSync(notes, `${slug}\n`);
  }
}

await Promise.all([write(), write(), write()]);
await store.close();
console.log("closed");

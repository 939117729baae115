import { openSqlite } from "../../src/sqlite/open.ts";

/** Creates organizations in parallel, and prints the slug of each acknowledged one. */
const [path = ""] = process.argv.slice(2);

const store = await openSqlite({ path });
let count = 0;

async function write(): Promise<never> {
  for (;;) {
    const slug = `acknowledged-${++count}`;
    await store.transaction(async (tx) => {
      await tx.insert(tx.tables.organizations).values({ slug, name: "first half", dateCreated: new Date(0) });
      await tx.insert(tx.tables.users).values({ username: slug, email: slug, name: "second half", dateJoined: new Date(0) });
    });
    console.log(slug);
  }
}

await Promise.all([write(), write(), write(), write()]);

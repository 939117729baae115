import { openSqlite } from "../../src/sqlite/open.ts";

/** Makes organizations, several at once, and prints the slug of each one that was acknowledged. */
const [path = ""] = process.argv.slice(2);

const store = await openSqlite({ path });
let made = 0;

async function write(): Promise<never> {
  for (;;) {
    const slug = `acknowledged-${++made}`;
    await store.transaction(async (tx) => {
      await tx.insert(tx.tables.organizations).values({ slug, name: "first half", dateCreated: new Date(0) });
      await tx.insert(tx.tables.users).values({ username: slug, email: slug, name: "second half", dateJoined: new Date(0) });
    });
    console.log(slug);
  }
}

await Promise.all([write(), write(), write(), write()]);

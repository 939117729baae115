import { openSqlite } from "../../src/sqlite/open.ts";

/** Creates the organization "logged", which stays in the log until the process is killed. */
const [path = ""] = process.argv.slice(2);

const store = await openSqlite({ path });
await store.transaction((tx) => tx.insert(tx.tables.organizations).values({ slug: "logged", name: "logged", dateCreated: new Date(0) }));
console.log("logged");
setInterval(() => {}, 1_000);

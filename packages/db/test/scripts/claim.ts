import { claimSqlite } from "../../src/sqlite/claim.ts";

const [file = ""] = process.argv.slice(2);
claimSqlite(file);
console.log("claimed");
setInterval(() => {}, 1_000);

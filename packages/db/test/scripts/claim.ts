import { claimSqlite } from "../../src/claim-sqlite.ts";

const [file = ""] = process.argv.slice(2);
claimSqlite(file);
console.log("claimed");
setInterval(() => {}, 1_000);

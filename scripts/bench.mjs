import path from "node:path";
import { ensureBuilt } from "./ensure-built.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { root, run } from "./run-command.mjs";

await ensureInstalled("everything");
await ensureBuilt("web", "cli");
const options = process.argv.slice(2).map((option) => JSON.stringify(option));
process.exit(await run(["node", "src/main.ts", ...options].join(" "), { cwd: path.join(root, "bench") }));

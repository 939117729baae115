import { ensureBuilt } from "./ensure-built.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { report } from "./run-command.mjs";
import { serve } from "./serve.mjs";

await ensureInstalled("serving");
await ensureBuilt("web", "server", "cli");
report("Starting …");
serve(["apps/web/dist/package/server/server.mjs", ...process.argv.slice(2)], { NODE_ENV: "production" });

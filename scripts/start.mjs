import { ensureBuilt } from "./ensure-built.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { report } from "./run-command.mjs";
import { serve } from "./serve.mjs";

await ensureInstalled("serving");
await ensureBuilt("web", "cli");
report("Starting …");
serve(["apps/web/server.ts"], { NODE_ENV: "production" });

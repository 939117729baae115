import { ensureBuilt } from "./ensure-built.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { serve } from "./serve.mjs";

await ensureInstalled("serving");
await ensureBuilt("server");
serve(["apps/web/dist/package/server/admin.mjs", ...process.argv.slice(2)], { NODE_ENV: "production" });

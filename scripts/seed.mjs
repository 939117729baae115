import { ensureInstalled } from "./ensure-installed.mjs";
import { serve } from "./serve.mjs";

await ensureInstalled("serving");
serve(["apps/web/admin.ts", "seed", ...process.argv.slice(2)], { NODE_ENV: "production" });

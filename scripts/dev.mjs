import { ensureInstalled } from "./ensure-installed.mjs";
import { serve } from "./serve.mjs";

await ensureInstalled("everything");
// Pages are rebuilt as they are asked for; the server starts over when its own files change.
serve(["--watch", "apps/web/server.ts"], { NODE_ENV: "development", LANDFALL_PAGES: "dev" });

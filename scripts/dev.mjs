import { ensureInstalled } from "./ensure-installed.mjs";
import { serve } from "./serve.mjs";

await ensureInstalled("everything");
// Pages are rebuilt on request; the server restarts when its own files change.
serve(["--watch", "apps/web/server.ts"], { NODE_ENV: "development", LANDFALL_PAGES: "dev" });

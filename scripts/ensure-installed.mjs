import { existsSync } from "node:fs";
import path from "node:path";
import { contentKey } from "./content-key.mjs";
import { need, root, say } from "./run-command.mjs";
import { readStamp, writeStamp } from "./stamp.mjs";

const PNPM = "npx --yes pnpm@12.21.0";

/** With more connections at once some registries, and proxies before them, keep all of them waiting for most of a minute. */
const OPTIONS = "--frozen-lockfile --prefer-offline --network-concurrency=8";

/** Serving needs a quarter of what developing does. */
const SERVING = '--prod --filter=landfall "--filter-prod=@landfall/web..." "--filter-prod=@landfall/cli..."';

const has = (program) => existsSync(path.join(root, "node_modules", ".bin", program));

/**
 * Installs the packages the lockfile names, unless they are there already.
 *
 * @param {"serving" | "everything"} needed
 */
export async function ensureInstalled(needed) {
  // Where somebody develops, an install for serving alone would take their tools away.
  const what = has("vitest") ? "everything" : needed;
  const state = `${what} ${contentKey(["pnpm-lock.yaml", "pnpm-workspace.yaml"])} ${process.platform}-${process.arch}`;
  if (has("node") && readStamp("installed") === state) return;
  say("Installing packages …");
  await need(`${PNPM} install ${OPTIONS} ${what === "serving" ? SERVING : ""}`, { quiet: true });
  writeStamp("installed", state);
}

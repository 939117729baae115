import { existsSync } from "node:fs";
import path from "node:path";
import { contentKey } from "./content-key.mjs";
import { runOrExit, root, report } from "./run-command.mjs";
import { readStamp, writeStamp } from "./stamp.mjs";

const PNPM = "npx --yes pnpm@12.21.0";

/** With more concurrent connections, some registries and proxies delay all of them for most of a minute. */
const OPTIONS = "--frozen-lockfile --prefer-offline --network-concurrency=8";

/** Serving needs a quarter of the packages. */
const SERVING = '--prod --filter=landfall "--filter-prod=@landfall/web..." "--filter-prod=@landfall/cli..."';

const has = (program) => existsSync(path.join(root, "node_modules", ".bin", program));

/**
 * Installs the packages in the lockfile, unless they are already installed.
 *
 * @param {"serving" | "everything"} needed
 */
export async function ensureInstalled(needed) {
  // An install for serving would remove development tools.
  const scope = has("vitest") ? "everything" : needed;
  const state = `${scope} ${contentKey(["pnpm-lock.yaml", "pnpm-workspace.yaml"])} ${process.platform}-${process.arch}`;
  if (has("node") && readStamp("installed") === state) return;
  report("Installing packages …");
  await runOrExit(`${PNPM} install ${OPTIONS} ${scope === "serving" ? SERVING : ""}`, { quiet: true });
  writeStamp("installed", state);
}

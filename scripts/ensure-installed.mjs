import { existsSync } from "node:fs";
import path from "node:path";
import { contentKey } from "./content-key.mjs";
import { need, root, say } from "./run-command.mjs";
import { readStamp, writeStamp } from "./stamp.mjs";

const PNPM = "npx --yes pnpm@12.21.0";

/** Serving needs less than developing: no browsers, no clients to test with, no measuring. */
const SERVING = ["--filter=landfall", '"--filter=@landfall/web..."', '"--filter=@landfall/cli..."'].join(" ");

/**
 * Installs the packages the lockfile names, unless they are there already.
 *
 * @param {"serving" | "everything"} what
 */
export async function ensureInstalled(what) {
  const key = `${contentKey(["pnpm-lock.yaml", "pnpm-workspace.yaml"])} ${process.platform}-${process.arch}`;
  const has = (installed) => readStamp(`installed-${installed}`) === key;
  const isThere = existsSync(path.join(root, "node_modules", ".bin", "node")) && (has("everything") || has(what));
  if (isThere) return;
  say("Installing packages …");
  await need(`${PNPM} install --frozen-lockfile --prefer-offline ${what === "serving" ? SERVING : ""}`, { quiet: true });
  writeStamp(`installed-${what}`, key);
}

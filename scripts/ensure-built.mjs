import { existsSync } from "node:fs";
import path from "node:path";
import { contentKey } from "./content-key.mjs";
import { runOrExit, root, report } from "./run-command.mjs";
import { readStamp, writeStamp } from "./stamp.mjs";

/**
 * The builds, the script of each, and a file that it creates. Their inputs are the folder, `packages`, and the `copied` folder.
 *
 * Not Turborepo's cache: an install for serving has no development tools (44 MB for turbo), a cached `turbo run` takes 1.5 s where the
 * hashes take 0.1 s, and it rejects the cycle of the packages' development dependencies.
 */
const BUILDS = {
  web: { name: "pages", folder: "apps/web", script: "build", result: "dist/package/server/.next/BUILD_ID" },
  server: { name: "server", folder: "apps/web", script: "build:server", result: "dist/package/server/server.mjs", copied: "docs" },
  cli: { name: "command line", folder: "apps/cli", script: "build", result: "dist/landfall.mjs" },
};

/**
 * Runs the builds whose inputs have changed since the last one.
 *
 * @param {(keyof typeof BUILDS)[]} keys
 */
export async function ensureBuilt(...keys) {
  const states = new Map();
  for (const build of keys) {
    const { name, folder, script, result, copied } = BUILDS[build];
    if (!states.has(folder)) states.set(folder, contentKey([folder, "packages", "pnpm-lock.yaml"]));
    const state = copied === undefined ? states.get(folder) : `${states.get(folder)} ${contentKey([copied])}`;
    const stamp = `built-${build}`;
    if (readStamp(stamp) === state && existsSync(path.join(root, folder, result))) continue;
    report(`Building ${name} …`);
    await runOrExit(`node --run ${script}`, { quiet: true, cwd: path.join(root, folder) });
    writeStamp(stamp, state);
  }
}

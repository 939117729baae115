import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { contentKey } from "./content-key.mjs";
import { runOrExit, root, report } from "./run-command.mjs";
import { readStamp, writeStamp } from "./stamp.mjs";

/**
 * The builds, their further inputs, and a file that each build creates.
 *
 * Not Turborepo's cache: an install for serving has no development tools (44 MB for turbo), a cached `turbo run` takes 1.5 s where the
 * hashes take 0.1 s, and it rejects the cycle of the packages' development dependencies.
 */
const BUILDS = {
  web: { name: "pages", folder: "apps/web", inputs: ["packages"], result: ".next/BUILD_ID" },
  cli: { name: "command line", folder: "apps/cli", inputs: ["packages"], result: "dist/landfall.mjs" },
};

/**
 * Runs the builds whose inputs have changed since the last one.
 *
 * @param {(keyof typeof BUILDS)[]} keys
 */
export async function ensureBuilt(...keys) {
  for (const { name, folder, inputs, result } of keys.map((key) => BUILDS[key])) {
    const command = buildScript(folder);
    if (command === undefined) continue;
    const key = contentKey([folder, ...inputs, "pnpm-lock.yaml"]);
    const stamp = `built-${path.basename(folder)}`;
    if (readStamp(stamp) === key && existsSync(path.join(root, folder, result))) continue;
    report(`Building ${name} …`);
    await runOrExit(command, { quiet: true, cwd: path.join(root, folder) });
    writeStamp(stamp, key);
  }
}

function buildScript(folder) {
  const manifest = path.join(root, folder, "package.json");
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")).scripts?.build : undefined;
}

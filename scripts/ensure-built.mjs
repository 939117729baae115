import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { contentKey } from "./content-key.mjs";
import { need, root, say } from "./run-command.mjs";
import { readStamp, writeStamp } from "./stamp.mjs";

/** What can be built, from what besides its own folder, and a file that is there once it is. */
const BUILDS = {
  web: { name: "the pages", folder: "apps/web", from: [], result: ".next/BUILD_ID" },
  cli: { name: "the command line", folder: "apps/cli", from: ["packages"], result: "dist/landfall.mjs" },
};

/**
 * Builds what was not built from the files as they are now.
 *
 * @param {(keyof typeof BUILDS)[]} wanted
 */
export async function ensureBuilt(...wanted) {
  for (const { name, folder, from, result } of wanted.map((key) => BUILDS[key])) {
    const command = buildScript(folder);
    if (command === undefined) continue;
    const key = contentKey([folder, ...from, "pnpm-lock.yaml"]);
    const stamp = `built-${path.basename(folder)}`;
    if (readStamp(stamp) === key && existsSync(path.join(root, folder, result))) continue;
    say(`Building ${name} …`);
    await need(command, { quiet: true, cwd: path.join(root, folder) });
    writeStamp(stamp, key);
  }
}

function buildScript(folder) {
  const manifest = path.join(root, folder, "package.json");
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")).scripts?.build : undefined;
}

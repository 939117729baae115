import { execFileSync } from "node:child_process";
import { mkdirSync, statSync } from "node:fs";
import path from "node:path";
import { ensureBuilt } from "./ensure-built.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { report, root, runOrExit } from "./run-command.mjs";

/** The packages for npm by name. The script `build:package` of each writes the complete package to `dist/package`. */
const PACKAGES = {
  landfall: { folder: "apps/web", needs: ["web", "server", "cli"] },
  "@landfall/client": { folder: "packages/client", needs: [] },
};

/** The folder of the tarballs, `dist` by default, and the names of the packages, all by default. */
const [target = path.join(root, "dist"), ...selected] = process.argv.slice(2);

await ensureInstalled("everything");
mkdirSync(target, { recursive: true });
for (const name of selected.length > 0 ? selected : Object.keys(PACKAGES)) {
  const { folder, needs } = PACKAGES[name];
  await ensureBuilt(...needs);
  report(`Packing ${name} …`);
  await runOrExit("node --run build:package", { cwd: path.join(root, folder) });
  const output = execFileSync("npm", ["pack", "./dist/package", "--silent", "--pack-destination", path.resolve(target)], {
    cwd: path.join(root, folder),
    encoding: "utf8",
  });
  const tarball = path.join(target, output.trim());
  process.stdout.write(`${tarball}: ${(statSync(tarball).size / 1000).toFixed(1)} kB\n`);
}

import { execFileSync } from "node:child_process";
import { mkdirSync, statSync } from "node:fs";
import path from "node:path";
import { ensureInstalled } from "./ensure-installed.mjs";
import { report, root, runOrExit } from "./run-command.mjs";

/** The packages for npm. The script `build:package` of each writes the complete package to `dist/package`. */
const PACKAGES = ["packages/client"];

/** The folder of the tarballs: the first argument, or `dist`. */
const target = path.resolve(process.argv[2] ?? path.join(root, "dist"));

await ensureInstalled("everything");
mkdirSync(target, { recursive: true });
for (const folder of PACKAGES) {
  report(`Building ${folder} …`);
  await runOrExit("node --run build:package", { cwd: path.join(root, folder) });
  const output = execFileSync("npm", ["pack", "./dist/package", "--silent", "--pack-destination", target], {
    cwd: path.join(root, folder),
    encoding: "utf8",
  });
  const tarball = path.join(target, output.trim());
  process.stdout.write(`${tarball}: ${(statSync(tarball).size / 1000).toFixed(1)} kB\n`);
}

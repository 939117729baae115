import { cpSync, existsSync, globSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { SERVER, WEB } from "./package-folder.ts";

/** Next's output: the built pages, and the files of its packages that serving needs, in pnpm's layout. */
const STANDALONE = path.join(WEB, ".next", "standalone");

/** Sizes of fonts, which Next reads only in a build. */
const UNUSED = ["next/dist/server/capsize-font-metrics.json"];

const inServer = (...parts: string[]): string => path.join(SERVER, ...parts);

/** Writes the pages and the packages of Next to the package, after `next build`. */
rmSync(inServer(".next"), { recursive: true, force: true });
rmSync(inServer("node_modules"), { recursive: true, force: true });
cpSync(path.join(STANDALONE, "apps", "web", ".next"), inServer(".next"), { recursive: true });
cpSync(path.join(WEB, ".next", "static"), inServer(".next", "static"), { recursive: true });
removeLocations(inServer(".next", "required-server-files.json"));
for (const folder of globSync("node_modules/.pnpm/*@*/node_modules", { cwd: STANDALONE })) {
  // Links lead to packages that are copied themselves.
  for (const manifest of globSync("{*,@*/*}/package.json", { cwd: path.join(STANDALONE, folder) }))
    copyPackage(folder, path.dirname(manifest));
}
for (const file of UNUSED) rmSync(inServer("node_modules", file));

function copyPackage(folder: string, name: string): void {
  const source = path.join(STANDALONE, folder, name);
  const target = inServer("node_modules", name);
  if (!existsSync(target)) cpSync(source, target, { recursive: true, dereference: true });
  else if (versionOf(source) !== versionOf(target)) throw new Error(`Next uses two versions of ${name}`);
}

function versionOf(folder: string): string {
  return JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")).version;
}

/** Removes folders of this machine from the settings of the build, which the server reads. */
function removeLocations(file: string): void {
  const { config } = JSON.parse(readFileSync(file, "utf8"));
  const { outputFileTracingRoot: _root, repoRoot: _repository, turbopack: _turbopack, ...settings } = config;
  writeFileSync(file, JSON.stringify({ config: settings }));
}

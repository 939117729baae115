import { cpSync, globSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import path from "node:path";
import { PACKAGE, WEB } from "./package-folder.ts";

const ROOT = path.join(WEB, "..", "..");

const inPackage = (...parts: string[]): string => path.join(PACKAGE, ...parts);

type Manifest = {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
};

/** Completes the npm package, after the builds of the pages, the server, and the command line. */
mkdirSync(inPackage("bin"), { recursive: true });
cpSync(path.join(ROOT, "apps", "cli", "dist", "landfall.mjs"), inPackage("bin", "landfall.mjs"));
cpSync(path.join(ROOT, "LICENSE"), inPackage("LICENSE"));
cpSync(path.join(WEB, "README.md"), inPackage("README.md"));
writeFileSync(inPackage("THIRD-PARTY-LICENSES.txt"), licenses());
writeManifest();

/** Dependencies are only those that are not bundled: the driver of SQLite, whose native code is chosen by platform. */
function writeManifest(): void {
  const { version, license } = readManifest(WEB);
  const manifest = {
    name: "landfall",
    version,
    description: "A self-hosted release tracker that speaks Sentry's Releases API: the server and the command line.",
    license,
    type: "module",
    engines: { node: ">=22" },
    bin: { landfall: "bin/landfall.mjs" },
    dependencies: { "better-sqlite3": readManifest(path.join(WEB, "node_modules", "better-sqlite3")).version },
  };
  writeFileSync(inPackage("package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Returns the licenses of all packages that the server, the pages and the command line may contain parts of. */
function licenses(): string {
  const folders = new Set<string>();
  for (const folder of [WEB, path.join(ROOT, "apps", "cli")]) addDependencies(folder, folders);
  const texts = [...folders].filter((folder) => folder.includes("node_modules")).map(licenseOf);
  return texts.toSorted().join("\n");
}

function licenseOf(folder: string): string {
  const { name, version, license } = readManifest(folder);
  const files = globSync("{LICENSE,LICENCE,License,license,licence,NOTICE,COPYING}*", { cwd: folder });
  const texts = files.map((file) => readFileSync(path.join(folder, file), "utf8").trim());
  return `${"=".repeat(80)}\n${[`${name} ${version} (${license ?? "see below"})`, ...texts].join("\n\n")}\n`;
}

/** Adds the folders of the packages that `folder` depends on, directly or not. Packages that are only used to build are not in the result. */
function addDependencies(folder: string, folders: Set<string>): void {
  for (const name of Object.keys(readManifest(folder).dependencies ?? {})) {
    if (name.startsWith("@types/") || name === "typescript" || name === "esbuild") continue;
    const found = findPackage(realpathSync(folder), name);
    if (found === null || folders.has(found)) continue;
    folders.add(found);
    addDependencies(found, folders);
  }
}

/** Returns the folder of a package as Node finds it; null for an optional one that is not installed. */
function findPackage(from: string, name: string): string | null {
  for (let folder = from; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const candidate = path.join(folder, "node_modules", name);
    if (globSync("package.json", { cwd: candidate }).length > 0) return realpathSync(candidate);
  }
  return null;
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
}

import { execFileSync } from "node:child_process";
import { copyFileSync, globSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

const root = path.join(import.meta.dirname, "..");
const out = path.join(root, "dist", "package");
const inRoot = (...parts: string[]): string => path.join(root, ...parts);
const inOut = (...parts: string[]): string => path.join(out, ...parts);

/** Writes the npm package to `dist/package`: one module without the other packages of this repository, and its types. */
rmSync(out, { recursive: true, force: true });
const { bytes, imports } = await bundleModule();
writeTypes();
writeManifest(imports);
copyFileSync(inRoot("README.md"), inOut("README.md"));
copyFileSync(inRoot("..", "..", "LICENSE"), inOut("LICENSE"));
process.stdout.write(`${path.relative(process.cwd(), inOut("index.js"))}: ${(bytes / 1000).toFixed(1)} kB, not minified\n`);

/** Returns the size of the module and the packages that it imports. Not minified, so that stack traces are readable. */
async function bundleModule(): Promise<{ readonly bytes: number; readonly imports: readonly string[] }> {
  const outfile = inOut("index.js");
  const { metafile } = await build({
    entryPoints: [inRoot("src", "index.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20.19",
    external: ["@trpc/*"],
    absWorkingDir: root,
    metafile: true,
    logLevel: "warning",
  });
  const [module] = Object.values(metafile.outputs);
  if (!module) throw new Error("esbuild wrote no module");
  return { bytes: module.bytes, imports: module.imports.map((used) => used.path).filter((name) => !name.startsWith("node:")) };
}

/** Writes the declarations, in the folders of this repository. Imports from `schema` become relative. */
function writeTypes(): void {
  const types = inOut("types");
  execFileSync("tsc", ["-p", inRoot("scripts", "tsconfig.package.json"), "--outDir", types], { stdio: "inherit" });
  for (const file of globSync("**/*.d.ts", { cwd: types })) {
    const schema = path.posix.relative(path.posix.dirname(file.replaceAll("\\", "/")), "schema/src");
    const text = readFileSync(path.join(types, file), "utf8");
    writeFileSync(
      path.join(types, file),
      text.replace(/ from "@landfall\/schema\/(.+)"/g, ` from "${schema}/$1.js"`).replace(/ from "(\..+)\.ts"/g, ' from "$1.js"'),
    );
  }
}

/** Writes the manifest. Dependencies are the packages that the module imports, in the installed version or a compatible one. */
function writeManifest(modules: readonly string[]): void {
  const { name, version, description, license, engines } = readManifest(inRoot("package.json"));
  const packages = [...new Set(modules.map((module) => module.split("/", 2).join("/")))].toSorted();
  const manifest = {
    name,
    version,
    description,
    license,
    type: "module",
    engines,
    sideEffects: false,
    exports: { ".": { types: "./types/client/src/index.d.ts", default: "./index.js" } },
    dependencies: Object.fromEntries(
      packages.map((used) => [used, `^${readManifest(inRoot("node_modules", used, "package.json")).version}`]),
    ),
  };
  writeFileSync(inOut("package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

type Manifest = {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly engines: Readonly<Record<string, string>>;
};

function readManifest(file: string): Manifest {
  return JSON.parse(readFileSync(file, "utf8"));
}

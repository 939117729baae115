import { cpSync, globSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { build, type Plugin } from "esbuild";
import { PACKAGE, SERVER, WEB } from "./package-folder.ts";

const DB = path.join(WEB, "../../packages/db");

/** The programs, and the files of their worker threads. */
const ENTRIES: Readonly<Record<string, string>> = {
  server: path.join(WEB, "server.ts"),
  admin: path.join(WEB, "admin.ts"),
  "markdown-worker": path.join(WEB, "src/server/workers/markdown-worker.ts"),
  "source-map-worker": path.join(WEB, "src/server/workers/source-map-worker.ts"),
  "checkpoint-worker": path.join(DB, "src/sqlite/checkpoint-worker.ts"),
};

/** Files that load others by their own location. They find them in the package, too: the pages in `server`, and `../migrations`. */
const LOADS_BY_LOCATION = new Set([path.join(WEB, "server.ts"), path.join(WEB, "next.config.ts"), path.join(DB, "src/migrations.ts")]);

const WORKER_FILE = /new URL\("\.\/([\w-]+)\.ts", import\.meta\.url\)/g;

/** Starts the bundled files of worker threads. Fails if a source loads another file by its location that would not be in the package. */
const locations: Plugin = {
  name: "locations",
  setup({ onLoad }) {
    onLoad({ filter: /\/(?:apps|packages)\/[\w/.-]+\.ts$/ }, ({ path: file }) => {
      if (file.includes("/node_modules/")) return undefined;
      const source = readFileSync(file, "utf8");
      if (!source.includes("import.meta.")) return undefined;
      const contents = source.replace(WORKER_FILE, (_, name: string) => {
        if (!(name in ENTRIES)) throw new Error(`${file} starts ${name}.ts, which bundle-server.ts does not bundle`);
        return `new URL("./${name}.mjs", import.meta.url)`;
      });
      if (contents === source && !LOADS_BY_LOCATION.has(file)) throw new Error(`${file} loads a file that is not in the npm package`);
      return { contents, loader: "ts" };
    });
  },
};

/** Writes the programs, the migrations and the documentation of the package. Not minified, so that stack traces are readable. */
for (const file of globSync("*.{mjs,mjs.map}", { cwd: SERVER })) rmSync(path.join(SERVER, file));
await build({
  entryPoints: ENTRIES,
  outdir: SERVER,
  bundle: true,
  splitting: true,
  chunkNames: "shared-[hash]",
  platform: "node",
  format: "esm",
  target: "node22",
  outExtension: { ".js": ".mjs" },
  external: ["next", "better-sqlite3", "pg-native"],
  plugins: [locations],
  // CommonJS packages call `require` for Node's built-in modules.
  banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  sourcemap: true,
  legalComments: "none",
  logLevel: "warning",
});
rmSync(path.join(PACKAGE, "migrations"), { recursive: true, force: true });
for (const file of globSync("*/{*.sql,meta/_journal.json}", { cwd: path.join(DB, "migrations") })) {
  cpSync(path.join(DB, "migrations", file), path.join(PACKAGE, "migrations", file));
}
rmSync(path.join(PACKAGE, "docs"), { recursive: true, force: true });
cpSync(path.join(WEB, "../../docs"), path.join(PACKAGE, "docs"), { recursive: true });

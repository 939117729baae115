import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

const root = join(import.meta.dirname, "..");

/** Bundles the program into one file that needs only Node. Returns the size of the output in bytes. */
export async function buildBundle(outfile: string = join(root, "dist", "landfall.mjs")): Promise<number> {
  const { metafile } = await build({
    entryPoints: [join(root, "src", "main.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20.19",
    minify: true,
    legalComments: "eof",
    metafile: true,
    // commander is CommonJS and calls `require` for Node's built-in modules.
    banner: { js: '#!/usr/bin/env node\nimport { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    logLevel: "warning",
  });
  await chmod(outfile, 0o755);
  return Object.values(metafile.outputs).reduce((sum, { bytes }) => sum + bytes, 0);
}

import { createCipheriv } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { type ScratchDirectory, scratchDirectory } from "./run-program.ts";

/** A directory with a script `app.js`, minified by a real bundler, and its source map `app.js.map`. `greeting` makes it unique. */
export async function builtSite(greeting: string): Promise<ScratchDirectory> {
  await using sources = await scratchDirectory("sources");
  const entry = join(sources.path, "main.ts");
  await writeFile(join(sources.path, "greet.ts"), GREET);
  await writeFile(entry, `import { greet } from "./greet.ts";\nconsole.log(greet(${JSON.stringify(greeting)}, "world"));\n`);
  const site = await scratchDirectory("site");
  await build({ entryPoints: [entry], bundle: true, minify: true, sourcemap: true, outfile: join(site.path, "app.js"), logLevel: "error" });
  return site;
}

const GREET = `export function greet(greeting: string, whom: string): string {
  if (whom === "") throw new Error("there is nobody to greet");
  return \`\${greeting}, \${whom}!\`;
}
`;

/**
 * Adds an empty script `empty.js` and an incompressible one of `bytes` bytes, `deep/big.js`. The content is the same on every machine;
 * a different `kind` (0 to 255) gives different bytes.
 */
export async function addOddFiles(site: ScratchDirectory, bytes: number, kind = 0): Promise<void> {
  const cipher = createCipheriv("aes-128-ctr", Buffer.alloc(16, kind), Buffer.alloc(16));
  const noise = cipher.update(Buffer.alloc(Math.ceil((bytes * 3) / 4)));
  await mkdir(join(site.path, "deep"));
  await writeFile(join(site.path, "deep", "big.js"), `//${noise.toString("base64")}`.slice(0, bytes));
  await writeFile(join(site.path, "empty.js"), "");
}

import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { scratchFolder } from "./scratch-repository.ts";

/** A folder with `src`, and `dist/js/app.js` with its source map, built by a real bundler. */
export interface BuiltSite extends AsyncDisposable {
  readonly path: string;
  /** Writes files, by relative path. */
  write(files: Readonly<Record<string, string>>): Promise<void>;
}

export type SiteOptions = {
  /** Makes the build different from other sites. */
  readonly greeting?: string;
  /** Whether the map contains its source texts; true by default. */
  readonly hasSources?: boolean;
  readonly sourcemap?: "linked" | "inline" | "none";
};

/** Builds a site. */
export async function builtSite({ greeting = "hello", hasSources = true, sourcemap = "linked" }: SiteOptions = {}): Promise<BuiltSite> {
  const folder = await scratchFolder();
  const write: BuiltSite["write"] = async (files) => {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder.path, name)), { recursive: true });
      await writeFile(join(folder.path, name), content);
    }
  };
  await write({ "src/greet.ts": GREET, "src/main.ts": `import { greet } from "./greet.ts";\ngreet(${JSON.stringify(greeting)}, "");\n` });
  await build({
    entryPoints: [join(folder.path, "src", "main.ts")],
    outfile: join(folder.path, "dist", "js", "app.js"),
    bundle: true,
    minify: true,
    sourcemap: sourcemap === "none" ? false : sourcemap,
    sourcesContent: hasSources,
    logLevel: "error",
  });
  return { path: folder.path, write, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

const GREET = `export function greet(greeting: string, whom: string): string {
  if (whom === "") {
    throw new Error("there is nobody to greet");
  }
  return \`\${greeting}, \${whom}!\`;
}
`;

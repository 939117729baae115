import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { scratchFolder } from "./scratch-repository.ts";

/** A folder with `src`, and with `dist/js/app.js` that a real bundler made of it, its map beside it. */
export interface BuiltSite extends AsyncDisposable {
  readonly path: string;
  /** Writes files, by their paths below the folder. */
  write(files: Readonly<Record<string, string>>): Promise<void>;
}

export type SiteOptions = {
  /** Makes it unlike other sites. */
  readonly greeting?: string;
  /** Whether the map carries the text of its sources; it does unless told otherwise. */
  readonly hasSources?: boolean;
  readonly sourcemap?: "linked" | "inline" | "none";
};

/** Builds one. */
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

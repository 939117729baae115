import path from "node:path";
import { injectDebugId } from "@landfall/artifacts/inject/inject-debug-id";
import { build } from "esbuild";

/** What is built: throws on the line that has the comment. */
export const SOURCE = `export function checkout(cart: { total: number }): number {
  const price = cart.total;
  if (price > 100) throw new Error("too dear"); // here
  return price;
}
Reflect.set(globalThis, "shopCheckout", checkout);
`;

export type BuiltScript = {
  readonly script: string;
  readonly map: string;
  readonly debugId: string | null;
  /** Where the error is thrown, as in a stack trace. */
  readonly line: number;
  readonly column: number;
};

/** A minified script and its source map, made by esbuild as an application's build makes them. */
export async function buildScript({
  name = "app.js",
  hasDebugId = false,
  sourcesContent = true,
  isInline = false,
}: { name?: string; hasDebugId?: boolean; sourcesContent?: boolean; isInline?: boolean } = {}): Promise<BuiltScript> {
  const { outputFiles } = await build({
    stdin: { contents: SOURCE, sourcefile: "src/cart.ts", loader: "ts", resolveDir: "/shop" },
    absWorkingDir: "/shop",
    outfile: path.join("/shop", name),
    write: false,
    bundle: true,
    minify: true,
    format: "iife",
    sourcesContent,
    sourcemap: isInline ? "inline" : "linked",
  });
  const textOf = (end: string): string => outputFiles.find((file) => file.path.endsWith(end))?.text ?? "";
  const plain = { script: textOf(".js"), map: textOf(".map"), debugId: null };
  const made = hasDebugId ? injectDebugId({ script: plain.script, map: isInline ? null : plain.map }) : plain;
  const before = made.script.slice(0, made.script.indexOf("new Error(")).split("\n");
  return { script: made.script, map: made.map ?? "", debugId: made.debugId, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

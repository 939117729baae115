import terser from "@rollup/plugin-terser";
import { type Plugin, rollup } from "rollup";

/** Builds the shop in the working directory with Rollup, minified with terser. */
export async function withRollup(plugin: Plugin): Promise<void> {
  const bundle = await rollup({
    input: "main.js",
    // As for an application: no module imports the entry.
    preserveEntrySignatures: false,
    plugins: [terser({ module: true }), plugin],
  });
  await bundle.write({ dir: "dist/assets", format: "es", sourcemap: true });
  await bundle.close();
}

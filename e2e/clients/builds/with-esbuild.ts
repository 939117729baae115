import { build, type Plugin } from "esbuild";

/** Builds the shop in the working directory with esbuild. */
export const withEsbuild = (plugin: Plugin): Promise<unknown> =>
  build({
    entryPoints: ["main.js"],
    outdir: "dist/assets",
    bundle: true,
    format: "esm",
    minify: true,
    sourcemap: true,
    plugins: [plugin],
  });

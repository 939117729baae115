import { build, type PluginOption } from "vite";

/** Builds the shop in the working directory with Vite. */
export const withVite = (plugin: PluginOption): Promise<unknown> =>
  build({
    root: process.cwd(),
    configFile: false,
    plugins: [plugin],
    build: { sourcemap: true, rolldownOptions: { input: "main.js", output: { entryFileNames: "assets/main.js" } } },
  });

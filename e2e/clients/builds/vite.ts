import { build, type PluginOption } from "vite";

/** Builds `main.js` of a directory with Vite into `dist/assets`. */
export const buildWithVite = (root: string, plugin: PluginOption) =>
  build({
    root,
    configFile: false,
    base: "/",
    plugins: [plugin],
    build: { sourcemap: true, rolldownOptions: { input: "main.js", output: { entryFileNames: "assets/main.js" } } },
  });
